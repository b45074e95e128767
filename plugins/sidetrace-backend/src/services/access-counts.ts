import type { AccessCounts, FindingCounts } from '@sidetrace/backstage-plugin-sidetrace-common';
import type { AccessRow, Finding, WorkloadRef } from '@sidetrace/core';

/** Rows by verdict; `declaredBlocked` counts what the catalog declares and the mesh does not let out. */
export function countAccess(rows: Iterable<AccessRow>): AccessCounts {
  const counts = {
    allowed: 0,
    passthrough: 0,
    bypass: 0,
    blocked: 0,
    mixed: 0,
    undetermined: 0,
    declaredBlocked: 0,
  };
  for (const { verdict, declared } of rows) {
    counts[verdict] += 1;
    if (verdict === 'blocked' && declared === true) counts.declaredBlocked += 1;
  }
  return counts;
}

export function countFindings(findings: Iterable<Finding>): FindingCounts {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { level } of findings) counts[level] += 1;
  return counts;
}

/** Findings that name this workload. */
export const findingsOf = (findings: readonly Finding[], ref: WorkloadRef): readonly Finding[] =>
  findings.filter(({ object, workloads }) =>
    [object, ...workloads.list].some(
      ({ kind, namespace, name }) =>
        kind === ref.kind && namespace === ref.namespace && name === ref.name,
    ),
  );
