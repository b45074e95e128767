export type { Fault, Verb } from './fault';
export { type Asked, createFaults, type Faults } from './faults';
