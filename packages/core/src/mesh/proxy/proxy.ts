import type { IpAddress } from '../../net';
import type { Assumption } from '../../origin';
import type { Labels, Pod } from '../../resources';
import type { Workload } from '../workload/workload';

/**
 * Envoy beside one pod, or of a gateway pod: the counterpart of `pilot/pkg/model/context.go:Proxy`. A workload of which
 * only the template is known has one proxy with an assumed address.
 */
export interface Proxy {
  /** `<pod>.<namespace>`, as `istioctl proxy-config` takes it. */
  readonly id: string;
  readonly type: 'sidecar' | 'router';
  readonly namespace: string;
  readonly labels: Labels;
  /** In the order of the pod; the first decides the preferred family. */
  readonly ips: readonly IpAddress[];
  readonly ipMode: 'IPv4' | 'IPv6' | 'Dual';
  /** `ISTIO_META_*` without the prefix, for example `DNS_CAPTURE`. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly interceptionMode: 'REDIRECT' | 'TPROXY' | 'NONE';
  /** `<namespace>.svc.<cluster domain>`. */
  readonly dnsDomain: string;
  readonly serviceAccount: string;
  readonly workload: Workload;
  /** Absent when only a template is known. */
  readonly pod?: Pod;
  /** What had to be taken as given, such as the pod's address. */
  readonly assumptions: readonly Assumption[];
}
