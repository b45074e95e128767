import type { Assumption } from '../origin';
import type { Finding } from './finding';
import type { RuleInput } from './rule';
import type { WaivedFinding, Waiver } from './waivers';

/** A rule that could not run, and what it lacked. */
export interface SkippedRule {
  readonly id: string;
  readonly missing: readonly RuleInput[];
}

/** What the sidecar cannot enforce; every report carries it. */
export const limits: readonly string[] = [
  'A sidecar is not a security boundary: a process with its uid, NET_ADMIN or root in the pod can go around it.',
  'UDP and ICMP are never captured.',
  'REGISTRY_ONLY declares dependencies; only a NetworkPolicy or an egress firewall enforces them.',
];

export interface ReportHeader {
  /** Digest of the input texts. */
  readonly input: string;
  readonly istioVersion: string;
  readonly flags: Readonly<Record<string, string>>;
  readonly toolVersion: string;
  /** Given by the caller. */
  readonly time?: string;
  readonly limits: readonly string[];
}

/** The result of an audit. `schema` is the version of this shape. */
export interface AuditReport {
  readonly schema: 'sidetrace.dev/audit/v1';
  readonly header: ReportHeader;
  readonly findings: readonly Finding[];
  readonly waived: readonly WaivedFinding[];
  readonly expired: readonly WaivedFinding[];
  readonly unusedWaivers: readonly Waiver[];
  readonly skipped: readonly SkippedRule[];
  readonly assumptions: readonly Assumption[];
}

const order = { error: 0, warning: 1, info: 2 } as const;

/** Worst first, then by rule, object and field: the same input gives the same order. */
export function compareFindings(a: Finding, b: Finding): number {
  const key = (finding: Finding) =>
    `${order[finding.level]} ${finding.id} ${finding.object.namespace ?? ''}/${finding.object.name} ${finding.path ?? ''} ${finding.message}`;
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0;
}
