import type { ObjectRef, Origin } from '../../origin';
import type { Labels } from '../../resources';

/** `Healthy`, and what keeps an endpoint from being used (`pilot/pkg/model/service.go:HealthStatus`). */
export type EndpointHealth = 'healthy' | 'unhealthy' | 'draining' | 'terminating';

/** One address and port behind a service port (`pilot/pkg/model/service.go:IstioEndpoint`). */
export interface MeshEndpoint {
  /** IP address, host name (DNS resolutions) or `unix://` path. */
  readonly address: string;
  /** 0 for a unix domain socket. */
  readonly port: number;
  /** Name of the service port: what EDS matches. */
  readonly servicePortName: string;
  /** Number of the ServiceEntry port: what DNS clusters and the name table match. Absent for Kubernetes endpoints. */
  readonly servicePort?: number;
  readonly labels: Labels;
  /** `istio`: the endpoint takes Istio mTLS; `disabled`: plaintext. */
  readonly tlsMode: 'istio' | 'disabled';
  readonly health: EndpointHealth;
  /** Written in a ServiceEntry or WorkloadEntry: istiod sets no health, which Envoy takes for healthy and the name table for not healthy. */
  readonly healthUnset?: boolean;
  readonly network: string;
  readonly locality?: string;
  readonly weight: number;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** Pod behind it, when there is one. */
  readonly pod?: ObjectRef;
  /** Names a pod that is not in the input: its labels, and so whether it takes mTLS, are not known. */
  readonly podMissing?: boolean;
  /** For per-pod names of headless services. */
  readonly hostname?: string;
  readonly subdomain?: string;
  readonly origin: Origin;
}
