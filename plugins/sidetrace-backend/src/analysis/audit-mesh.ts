import {
  type AccessRow,
  externalAccess,
  type Finding,
  findWorkload,
  type Issue,
  type Mesh,
  type WorkloadRef,
} from '@sidetrace/core';

import { audit, type Hit, type Rule, rules, type SkippedRule } from '@sidetrace/core/audit';
import { refKey } from './access-table';
import type { Declared } from './declared';

export interface AuditedMesh {
  readonly findings: readonly Finding[];
  readonly skipped: readonly SkippedRule[];
  /** All workloads that a finding concerns: its own list is cut. */
  readonly affected: (finding: Finding) => readonly WorkloadRef[];
}

/** What makes a fingerprint, hence one finding out of several hits. */
const hitKey = (
  id: string,
  { object, path = '', message }: Pick<Hit, 'object' | 'path' | 'message'>,
) => [id, object.kind, object.namespace ?? '', object.name, path, message].join('\n');

function allOf(workloads: Hit['workloads'] = []): readonly WorkloadRef[] {
  return 'first' in workloads ? workloads.first(workloads.count) : workloads;
}

/** The rules, and what they hit in full. */
function recording(affected: Map<string, readonly WorkloadRef[]>): readonly Rule[] {
  return rules.map(rule => ({
    ...rule,
    *check(context) {
      for (const hit of rule.check(context)) {
        const key = hitKey(rule.id, hit);
        if (!affected.has(key)) affected.set(key, allOf(hit.workloads));
        yield hit;
      }
    },
  }));
}

/** Rows for the hosts that each workload declares, by `namespace/kind/name`. */
export function declaredRows(
  mesh: Mesh,
  declared: Declared,
): ReadonlyMap<string, readonly AccessRow[]> {
  const rows = new Map<string, readonly AccessRow[]>();
  for (const { ref } of mesh.workloads) {
    const key = refKey(ref);
    const targets = Object.hasOwn(declared, key) ? (declared[key] ?? []) : [];
    if (targets.length === 0) continue;
    const options = {
      workloads: [ref],
      onlyHosts: targets,
      declared: { [`${ref.namespace}/${ref.name}`]: targets },
    };
    rows.set(key, [...externalAccess(mesh, options)]);
  }
  return rows;
}

/** Runs the checks of a mesh. */
export function auditMesh(
  mesh: Mesh,
  issues: readonly Issue[],
  declared: Declared,
  rowsOfDeclared = declaredRows(mesh, declared),
): AuditedMesh {
  const affected = new Map<string, readonly WorkloadRef[]>();
  const hosts = mesh.workloads.flatMap(({ ref }) =>
    (declared[refKey(ref)] ?? []).map(target => ({ workload: ref, ...target })),
  );
  const { findings, skipped } = audit(
    {
      mesh,
      issues,
      ...(hosts.length === 0 ? {} : { declared: hosts }),
      // rules ask only for rows of declared hosts
      access: () => [...rowsOfDeclared.values()].flat(),
    },
    recording(affected),
  );
  return {
    findings,
    skipped,
    affected: finding => {
      const { object } = finding;
      const own = { kind: object.kind, namespace: object.namespace ?? '', name: object.name };
      const isWorkload = findWorkload(mesh, own) !== undefined;
      const all = affected.get(hitKey(finding.id, finding)) ?? [];
      return isWorkload ? [own, ...all] : all;
    },
  };
}
