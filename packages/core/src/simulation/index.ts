export { type Disposition, dispositions, type ReasonCode, reasonCodes } from './codes';
export { type AssumedAddress, assumedAddressOf } from './dns/find-address';
export type { SimulateOptions } from './options';
export type { PathCase, TrafficPath } from './paths/traffic-path';
export { trafficPaths } from './paths/traffic-paths';
export { stackAt, stacksOf } from './pod/build-stack';
export { absoluteOrigin, type OwnOrigin, relativeOrigin } from './pod/own-origin';
export { podShapeOf } from './pod/pod-shape';
export type { PodStack } from './pod/pod-stack';
export { wideClassOf, workloadClassOf } from './pod/workload-class';
export { simulate, simulateAll } from './simulate';
export type { DnsSymptom, EndHost, HttpSymptom, Reached, Symptom } from './symptom';
export type {
  AccessLogLine,
  Alternative,
  Blocker,
  Call,
  Candidate,
  DeniedPacket,
  Hop,
  HopRole,
  Step,
  StepKind,
  Trace,
  Tuple,
  WorkloadRef,
} from './trace';
export type { CallVariant } from './variants/call-variant';
export { callVariants } from './variants/call-variants';
export type { World, WorldCertificate } from './world';
