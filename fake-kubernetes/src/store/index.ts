export type { Change } from './change';
export type { Entry } from './collection';
export { createObjectStore, type ObjectStore } from './object-store';
export { atVersion } from './stored-object';
