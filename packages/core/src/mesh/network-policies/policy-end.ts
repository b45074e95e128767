import type { IpAddress } from '../../net';
import type { Labels, PodSpec } from '../../resources';

/** A pod as NetworkPolicies see it. */
export interface PolicyPod {
  readonly namespace: string;
  readonly labels: Labels;
  /**
   * `all`: read from a cluster; `declared`: from a manifest, to which controllers and the injector add labels of their own;
   * `selected`: nothing but the selector of a Service is known.
   */
  readonly labelsKnown: 'all' | 'declared' | 'selected';
  readonly spec: Pick<PodSpec, 'containers' | 'initContainers' | 'hostNetwork'>;
  /** Address of its node. */
  readonly hostIp?: IpAddress;
}

/** One end of a connection. */
export interface PolicyEnd {
  readonly pod?: PolicyPod;
  /** Absent: a public address that nobody gives. */
  readonly address?: IpAddress;
}

/** A packet at the border of one pod. */
export interface PolicyPacket {
  /** `egress`: `pod` sends it; `ingress`: `pod` gets it. */
  readonly direction: 'egress' | 'ingress';
  readonly pod: PolicyPod;
  readonly peer: PolicyEnd;
  /** Destination port as it is on the wire. */
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
}

/** Labels that workload controllers and Istio's injection templates put on pods. */
const addedLater: ReadonlySet<string> = new Set([
  'pod-template-hash',
  'rollouts-pod-template-hash',
  'pod-template-generation',
  'controller-revision-hash',
  'controller-uid',
  'job-name',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/job-name',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-completion-index',
  'istio.io/rev',
  'security.istio.io/tlsMode',
  'service.istio.io/canonical-name',
  'service.istio.io/canonical-revision',
]);

/** True for a label that a controller or the injector puts on a pod, not its author. */
export const isAddedLater = (key: string): boolean => addedLater.has(key);

const openKeys: Readonly<Record<PolicyPod['labelsKnown'], (key: string) => boolean>> = {
  all: () => false,
  declared: isAddedLater,
  selected: () => true,
};

export const knownLabelsOf = ({ labels, labelsKnown }: PolicyPod) => ({
  labels,
  isOpen: openKeys[labelsKnown],
});
