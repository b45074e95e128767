import type { NearHost, WorkloadRef } from '../mesh';
import type { Assumption, Origin } from '../origin';
import type { Labels } from '../resources';
import type { Disposition, ReasonCode } from './codes';
import type { Unmodelled } from './limits/unmodelled';
import type { Symptom } from './symptom';

export type { WorkloadRef } from '../mesh';

/** A call as asked. What is left out is chosen and named as an assumption. */
export interface Call {
  readonly from: WorkloadRef | { readonly outside: string };
  /** The pod that makes the call, or of `from: outside` receives it; the workload's first one when not given. */
  readonly pod?: string;
  /** Container whose process makes the call; decides uid and gid unless they are given. */
  readonly container?: string;
  readonly uid?: number;
  readonly gid?: number;
  /** Name the application uses, or an address. */
  readonly to: string;
  readonly port: number;
  readonly protocol: 'http' | 'http2' | 'https' | 'tls' | 'tcp' | 'udp';
  /** Address the name resolves to, when the caller knows it. */
  readonly address?: string;
  readonly host?: string;
  readonly sni?: string;
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly httpVersion?: '1.0' | '1.1' | '2';
  /** The client sends nothing and waits for the server. */
  readonly serverFirst?: boolean;
  /** The request line names the host: `GET http://host/path`. */
  readonly absoluteForm?: boolean;
  /** The client first sends `CONNECT <value>` in clear, then its own TLS. */
  readonly connectVia?: string;
  /** The client does not verify the server's certificate. */
  readonly insecure?: boolean;
  /** The client shows an Istio workload certificate (incoming calls). */
  readonly mtls?: boolean;
  readonly alpn?: readonly string[];
  /** Source address that the socket is bound to. */
  readonly bind?: string;
  /** 6: the name is resolved to IPv6. */
  readonly family?: 4 | 6;
  /** How long the client waits for an answer. */
  readonly waitSeconds?: number;
}

export interface Tuple {
  readonly source?: string;
  readonly destination: string;
  readonly port: number;
}

export type HopRole = 'endpoint' | 'hop';
/** A place that makes or receives a connection. */
export interface Hop {
  readonly place:
    | 'process'
    | 'pod-network'
    | 'sidecar-outbound'
    | 'gateway'
    | 'sidecar-inbound'
    | 'agent'
    | 'destination';
  readonly role: HopRole;
  /** What stands there, for people: `container app (uid 1000)`, `Envoy 15001`. */
  readonly title: string;
  readonly identity?: { readonly uid: number; readonly gid: number };
  readonly before?: Tuple;
  readonly after?: Tuple;
  readonly steps: readonly Step[];
  /** Comes after a block: what would follow without it. */
  readonly hypothetical?: boolean;
}

export type StepKind =
  | 'resolve'
  | 'route-lookup'
  | 'netfilter-hook'
  | 'netfilter-rule'
  | 'redirect'
  | 'listener'
  | 'filter-chain'
  | 'route-config'
  | 'virtual-host'
  | 'route'
  | 'cluster'
  | 'endpoint'
  | 'tls'
  | 'policy'
  | 'handover';

/** Something that was looked at and did not answer: which fields matched, which did not. */
export interface Candidate {
  readonly name: string;
  readonly matched: readonly string[];
  readonly failed: readonly string[];
  readonly origin?: Origin;
}

/** A checkpoint: the question, who answered, and why. */
export interface Step {
  readonly kind: StepKind;
  /** Where this happens, for the drawing's lanes. */
  readonly lane: 'outside' | 'kernel' | 'envoy' | 'application' | 'gateway';
  /** One line: `nat OUTPUT rule 9: jump ISTIO_REDIRECT`. */
  readonly title: string;
  readonly detail?: string;
  /** For netfilter: table, chain, rule number from 1, rule text, target. */
  readonly rule?: {
    readonly table: string;
    readonly chain: string;
    readonly number: number;
    readonly text: string;
    readonly target: string;
    readonly why: string;
  };
  readonly hook?: string;
  readonly before?: Tuple;
  readonly after?: Tuple;
  readonly candidates?: readonly Candidate[];
  /** The object or default that answered. */
  readonly origin?: Origin;
  /** True when this step ends the call; later steps are what would follow (permit mode). */
  readonly blocks?: boolean;
  readonly hypothetical?: boolean;
}

/** A pod as a NetworkPolicy can name it: by its namespace and by labels that its author wrote. */
export interface PolicyPodRef {
  readonly namespace: string;
  readonly labels: Labels;
}

/** A packet that NetworkPolicies do not let through, as it is on the wire. */
export interface DeniedPacket {
  /** `egress`: `pod` sends it; `ingress`: `pod` gets it. */
  readonly direction: 'egress' | 'ingress';
  readonly pod: PolicyPodRef;
  /** The other end; without an address it is a public one that nobody gives. */
  readonly peer: { readonly address?: string; readonly pod?: PolicyPodRef };
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
}

export interface Blocker {
  readonly reason: ReasonCode;
  readonly message: string;
  readonly origin?: Origin;
  /** Of `network-policy-denied`. */
  readonly packet?: DeniedPacket;
}

/** What an Envoy writes into its access log about one connection or request. */
export interface AccessLogLine {
  /** `inbound`: the sidecar of the called pod, on behalf of its application. */
  readonly direction: 'outbound' | 'inbound' | 'bootstrap';
  readonly cluster?: string;
  readonly route?: string;
  readonly responseFlags?: string;
}

/** One of several ways that a call may take, and how it ends there. */
export interface Alternative {
  readonly cluster: string;
  /** Weight of the cluster in the route; 100 when there is no choice of clusters. */
  readonly weight: number;
  /** `ip:port` of one endpoint of a kind, where endpoints of several kinds are behind the cluster. */
  readonly endpoint?: string;
  readonly disposition: Disposition;
  /** Code and words of the symptom. */
  readonly code: string;
  readonly summary: string;
}

/** The whole answer for one call. Plain data. */
export interface Trace {
  readonly call: Call;
  readonly hops: readonly Hop[];
  readonly disposition: Disposition;
  readonly reasons: readonly ReasonCode[];
  /** Every blocker on the way, in order; empty when the call gets through. */
  readonly blockers: readonly Blocker[];
  /** What lets the call's own connection pass by the proxy; absent when it is captured. */
  readonly bypass?: { readonly message: string; readonly origin?: Origin };
  /** Clusters of a weighted route and endpoints that differ: the call takes one of these ways, the first is shown. */
  readonly alternatives?: readonly Alternative[];
  /** Registered objects that nearly take a call of which the outbound policy decides, the nearest first. */
  readonly near?: readonly NearHost[];
  readonly symptom: Symptom;
  /** Of every Envoy on the way, the outermost first. */
  readonly accessLog: readonly AccessLogLine[];
  readonly assumptions: readonly Assumption[];
  readonly unmodelled: readonly Unmodelled[];
  readonly istio: { readonly version: string; readonly flags: Readonly<Record<string, string>> };
}
