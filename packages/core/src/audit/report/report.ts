import type { Assumption } from '../../origin';
import type { Finding } from '../findings/finding';
import type { RuleInput } from '../rule';
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
  /** Kinds of input that no document gave; the rules that need them did not run. */
  readonly missingInputs?: readonly RuleInput[];
  readonly limits: readonly string[];
}

/** Every kind of input that some rule lacked, once. */
export const missingInputs = (skipped: readonly SkippedRule[]): readonly RuleInput[] => [
  ...new Set(skipped.flatMap(({ missing }) => missing)),
];

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

const keyOf = ({ level, id, object, path, message }: Finding) =>
  `${order[level]} ${id} ${object.namespace ?? ''}/${object.name} ${path ?? ''} ${message}`;

/** Worst first, then by rule, object and field: the same input gives the same order. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  return findings
    .map(finding => ({ finding, key: keyOf(finding) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ finding }) => finding);
}
