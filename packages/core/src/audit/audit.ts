import type { Mesh, WorkloadRef } from '../mesh';
import { type AuditContext, type AuditContextInput, auditContext } from './audit-context';
import { type BlastRadius, blastRadius } from './findings/blast-radius';
import { evidenceIn } from './findings/evidence';
import { type Finding, type FindingDetails, listLimit, makeFinding } from './findings/finding';
import { ownersIn } from './findings/owner';
import type { WorkloadSet } from './findings/workload-set';
import { type SkippedRule, sortFindings } from './report/report';
import type { Hit, Rule, RuleInput } from './rule';
import { rules as catalogue } from './rules';

export interface AuditResult {
  readonly findings: readonly Finding[];
  readonly skipped: readonly SkippedRule[];
  /** Findings that concern a workload, however long their lists are. */
  readonly affecting: (workload: WorkloadRef) => readonly Finding[];
}

function given(mesh: Mesh, declared: boolean): ReadonlySet<RuleInput> {
  const { resources } = mesh;
  const has: readonly (readonly [RuleInput, boolean])[] = [
    ['workloads', mesh.workloads.length > 0],
    ['namespaces', resources.namespaces.length > 0],
    ['services', resources.services.length > 0],
    ['network-policies', resources.networkPolicies.length > 0],
    ['declared-hosts', declared],
  ];
  return new Set(has.filter(([, present]) => present).map(([name]) => name));
}

interface Found {
  readonly finding: Finding;
  readonly workloads: WorkloadSet;
}

/** The findings of a rule, each fingerprint once. */
function* findingsOf(
  rule: Rule,
  context: AuditContext,
  details: (rule: Rule, hit: Hit, radius: BlastRadius) => Omit<FindingDetails, 'radius'>,
): Iterable<Found> {
  for (const hit of rule.check(context)) {
    const radius = blastRadius(context, hit);
    const finding = makeFinding(rule, hit, { radius, ...details(rule, hit, radius) });
    yield { finding, workloads: radius.workloads };
  }
}

/** Owner and evidence of hits. A traced call belongs to what is wrong, not to what is worth knowing. */
function detailsFor({ mesh, limit = listLimit, ownerOf, evidence = true }: AuditContextInput) {
  const owners = ownersIn(mesh, ownerOf);
  const evidenceOf = evidenceIn(mesh);
  return (rule: Rule, hit: Hit, radius: BlastRadius) => {
    const owner = owners(hit.object);
    const level = hit.level ?? rule.level;
    const traced = evidence && level !== 'info' ? evidenceOf(hit, radius) : undefined;
    return {
      limit,
      ...(owner !== undefined && { owner }),
      ...(traced !== undefined && { evidence: traced }),
    };
  };
}

/** Runs the catalogue. A rule whose inputs are missing does not run and is named in `skipped`. */
export function audit(input: AuditContextInput, rules: readonly Rule[] = catalogue): AuditResult {
  const context = auditContext(input);
  const inputs = given(input.mesh, input.declared !== undefined);
  const details = detailsFor(input);
  const skipped: SkippedRule[] = [];
  const found = new Map<string, Found>();
  for (const rule of rules) {
    const missing = rule.inputs.filter(name => !inputs.has(name));
    if (missing.length > 0) {
      skipped.push({ id: rule.id, missing });
      continue;
    }
    for (const item of findingsOf(rule, context, details)) {
      if (!found.has(item.finding.fingerprint)) found.set(item.finding.fingerprint, item);
    }
  }
  const findings = sortFindings([...found.values()].map(({ finding }) => finding));
  return {
    findings,
    skipped,
    affecting: ref =>
      findings.filter(({ fingerprint }) => found.get(fingerprint)?.workloads.has(ref) === true),
  };
}
