/** The six kinds of traffic of a pod with a sidecar, in the order in which they are shown. */
export const trafficKinds = [
  'remote-to-local',
  'local-to-remote',
  'prometheus-to-local',
  'local-to-local',
  'envoy-internal',
  'sidecar-to-istiod',
] as const;
export type TrafficKind = (typeof trafficKinds)[number];
