import type { Assumption, Origin } from '../origin';
import type { ReasonCode, WorkloadRef } from '../simulation';

export const verdicts = [
  'allowed',
  'passthrough',
  'bypass',
  'blocked',
  'mixed',
  'undetermined',
] as const;
/** The word shown: allowed means through the registry or a gateway; see design of the two axes below. */
export type Verdict = (typeof verdicts)[number];
export type Delivery = 'reaches' | 'blocked' | 'mixed' | 'undetermined';
export type Control = 'registered' | 'gateway' | 'passthrough' | 'dynamic' | 'bypass' | 'none';
export type AccessProtocol = 'HTTP' | 'TLS' | 'TCP' | 'UDP';

/** What one workload may do to one external host and port. `id` is stable over runs. */
export interface AccessRow {
  /** Digest of workload, host, port and protocol. */
  readonly id: string;
  readonly workload: WorkloadRef;
  /** Exact host, `*.suffix`, or `*` for everything unregistered. */
  readonly host: string;
  readonly port: number;
  readonly protocol: AccessProtocol;
  readonly verdict: Verdict;
  readonly delivery: Delivery;
  readonly control: Control;
  /** Egress gateway or proxy on the way, `namespace/name`. */
  readonly via?: string;
  readonly reasons: readonly ReasonCode[];
  /** The object or default that decided. */
  readonly deciding: Origin;
  readonly tlsOnTheWire: 'none' | 'application' | 'originated' | 'mtls' | 'unknown';
  /** What the application sees, in words. */
  readonly symptom: string;
  readonly declared?: boolean;
  /** Calls that were really made, where a source of metrics says so: how many since when (ISO 8601). */
  readonly observed?: { readonly calls: number; readonly since: string };
  readonly assumptions: readonly Assumption[];
}
