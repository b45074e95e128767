import type { Mesh } from '../mesh';
import { type AuditContextInput, auditContext } from './audit-context';
import { type Finding, makeFinding } from './finding';
import { compareFindings, type SkippedRule } from './report';
import type { Rule, RuleInput } from './rule';
import { rules as catalogue } from './rules';

export interface AuditResult {
  readonly findings: readonly Finding[];
  readonly skipped: readonly SkippedRule[];
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

/** Runs the catalogue. A rule whose inputs are missing does not run and is named in `skipped`. */
export function audit(input: AuditContextInput, rules: readonly Rule[] = catalogue): AuditResult {
  const context = auditContext(input);
  const inputs = given(input.mesh, input.declared !== undefined);
  const skipped: SkippedRule[] = [];
  const findings = new Map<string, Finding>();
  for (const rule of rules) {
    const missing = rule.inputs.filter(name => !inputs.has(name));
    if (missing.length > 0) {
      skipped.push({ id: rule.id, missing });
      continue;
    }
    for (const hit of rule.check(context)) {
      const finding = makeFinding(rule, hit);
      if (!findings.has(finding.fingerprint)) findings.set(finding.fingerprint, finding);
    }
  }
  return { findings: [...findings.values()].sort(compareFindings), skipped };
}
