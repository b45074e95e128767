export { type TrafficKind, trafficKinds } from './traffic-kind';
