export { differenceFrom, type PathFacts } from './difference';
export { type PublishedPath, publishedPaths } from './published-path';
export {
  remoteAddress,
  type TrafficCall,
  type TrafficCaller,
  type TrafficPort,
  type TrafficSettings,
  trafficCalls,
} from './traffic-call';
export { type TrafficKind, trafficKinds } from './traffic-kind';
