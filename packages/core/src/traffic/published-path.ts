import type { TrafficKind } from './traffic-kind';

/** What the widely read description of the classic nine-rule ISTIO_OUTPUT chain says about one kind of traffic. */
export interface PublishedPath {
  readonly kind: TrafficKind;
  readonly title: string;
  readonly meaning: string;
  /** Checkpoints in order, as that description names them. */
  readonly checkpoints: readonly string[];
}

/**
 * The six kinds as published for the classic chain. What the kernel does is another matter: `differenceFrom` says where
 * and why.
 */
export const publishedPaths: readonly PublishedPath[] = [
  {
    kind: 'remote-to-local',
    title: 'Remote to local',
    meaning: 'another pod calls this pod',
    checkpoints: [
      'PREROUTING',
      'ISTIO_INBOUND',
      'ISTIO_IN_REDIRECT',
      'Envoy 15006',
      'OUTPUT',
      'ISTIO_OUTPUT rule 1',
      'POSTROUTING',
      'app',
    ],
  },
  {
    kind: 'local-to-remote',
    title: 'Local to remote',
    meaning: 'the application calls another pod or an external host',
    checkpoints: [
      'OUTPUT',
      'ISTIO_OUTPUT rule 9',
      'ISTIO_REDIRECT',
      'Envoy 15001',
      'OUTPUT',
      'ISTIO_OUTPUT rule 4',
      'POSTROUTING',
      'remote',
    ],
  },
  {
    kind: 'prometheus-to-local',
    title: 'Prometheus to local',
    meaning: 'metrics of the data plane are scraped (ports 15020 and 15090)',
    checkpoints: [
      'PREROUTING',
      'ISTIO_INBOUND',
      'INPUT',
      'OUTPUT',
      'ISTIO_OUTPUT rule 3',
      'POSTROUTING',
    ],
  },
  {
    kind: 'local-to-local',
    title: 'Local to local',
    meaning: 'the application calls a service of its own pod',
    checkpoints: [
      'OUTPUT',
      'ISTIO_OUTPUT rule 9',
      'ISTIO_REDIRECT',
      'Envoy 15001',
      'OUTPUT',
      'ISTIO_OUTPUT rule 2',
      'ISTIO_IN_REDIRECT',
      'Envoy 15006',
      'OUTPUT',
      'ISTIO_OUTPUT rule 1',
      'POSTROUTING',
      'app',
    ],
  },
  {
    kind: 'envoy-internal',
    title: 'Between processes of the proxy',
    meaning: 'processes of the proxy user talk over the loopback interface',
    checkpoints: ['OUTPUT', 'ISTIO_OUTPUT rule 8', 'POSTROUTING'],
  },
  {
    kind: 'sidecar-to-istiod',
    title: 'Sidecar to istiod',
    meaning: 'pilot-agent calls the control plane',
    checkpoints: [
      'OUTPUT',
      'ISTIO_OUTPUT rule 9',
      'ISTIO_REDIRECT',
      'Envoy 15001',
      'OUTPUT',
      'ISTIO_OUTPUT rule 4',
      'POSTROUTING',
      'istiod',
    ],
  },
];
