import type { EnvoyProgram } from '../../envoy';
import type { PodView, Proxy, Workload } from '../../mesh';
import type { IpAddress } from '../../net';
import type { Ruleset } from '../../netfilter';
import type { Assumption, Origin } from '../../origin';
import type { PodSpec } from '../../resources';
import type { ReasonCode } from '../codes';

export interface ProcessIdentity {
  readonly uid: number;
  readonly gid: number;
}

/** Why a pod's calls meet no rules. */
export interface NotCaptured {
  readonly reason: ReasonCode;
  readonly message: string;
  readonly origin: Origin;
}

/** Envoy and pilot-agent of a pod. */
export interface PodProxy {
  readonly proxy: Proxy;
  readonly program: EnvoyProgram;
  readonly user: ProcessIdentity;
  /** Identity in its certificate. */
  readonly spiffe: string;
  /** pilot-agent: health and merged metrics. */
  readonly agentPort: number;
  /** Envoy's listener for readiness. */
  readonly statusPort: number;
  readonly prometheusPort: number;
  readonly adminPort: number;
  readonly dnsCapture: boolean;
}

/** One pod as the kernel and the resolver see it: addresses, rules, who runs in it. */
export interface PodStack {
  readonly workload: Workload;
  readonly view: PodView;
  readonly name: string;
  readonly namespace: string;
  readonly spec: PodSpec;
  readonly serviceAccount: string;
  readonly tlsMode: 'istio' | 'disabled';
  /** In the order of the pod's status; the first of a family is the source address. */
  readonly ips: readonly IpAddress[];
  /** Absent: nothing listens on the proxy's ports. */
  readonly proxy?: PodProxy;
  readonly rules?: {
    readonly ruleset: Ruleset;
    /** TPROXY: packets with this mark are delivered locally. */
    readonly tproxyMark?: number;
    readonly ipv6Loopback: boolean;
  };
  /** Present when there are no rules: why. */
  readonly notCaptured?: NotCaptured;
  /** Present when there is no such pod: why it does not come up. */
  readonly notRunning?: { readonly message: string; readonly origin: Origin };
  /** What the input lacks to tell whether the pod has a sidecar. */
  readonly unknown?: string;
  readonly assumptions: readonly Assumption[];
}
