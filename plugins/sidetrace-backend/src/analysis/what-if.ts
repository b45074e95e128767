import type { WhatIfEdits } from '@sidetrace/backstage-plugin-sidetrace-common';
import { type AccessTarget, externalAccess, type Finding, type WorkloadRef } from '@sidetrace/core';
import type { Jobs, WhatIfResult } from '../worker/jobs';
import { accessTable, columnKey, refKey } from './access-table';
import { auditMesh } from './audit-mesh';
import type { BuiltMesh } from './built-mesh';
import { collectComparison, compareTables, type TableChange } from './compare-tables';
import { type Declared, declaredKey } from './declared';
import { editMesh } from './mesh-edits';

type Table = ReturnType<typeof accessTable>;

/** Tables of both meshes over the hosts of both: a host that the edit brings or takes is judged on either side. */
function bothTables(before: BuiltMesh['mesh'], after: BuiltMesh['mesh'], declared: Declared) {
  const declaredHosts: readonly AccessTarget[] = Object.values(declared).flat();
  const first = { before: accessTable(before), after: accessTable(after) };
  const known = (table: Table) => new Set(table.columns.map(columnKey));
  const [old, fresh] = [known(first.before), known(first.after)];
  const missing = (from: Table, own: ReadonlySet<string>) =>
    from.columns.filter(column => !own.has(columnKey(column)));
  const toBefore = [...missing(first.after, old), ...declaredHosts];
  const toAfter = [...missing(first.before, fresh), ...declaredHosts];
  return {
    before: toBefore.length === 0 ? first.before : accessTable(before, { hosts: toBefore }),
    after: toAfter.length === 0 ? first.after : accessTable(after, { hosts: toAfter }),
  };
}

function compareFindings(before: readonly Finding[], after: readonly Finding[]) {
  const old = new Set(before.map(({ fingerprint }) => fingerprint));
  const fresh = new Set(after.map(({ fingerprint }) => fingerprint));
  return {
    findingsAdded: after.filter(({ fingerprint }) => !old.has(fingerprint)),
    findingsRemoved: before.filter(({ fingerprint }) => !fresh.has(fingerprint)),
    findingsUnchanged: after.filter(({ fingerprint }) => old.has(fingerprint)).length,
  };
}

/** What edits would change in the whole mesh. The mesh given stays as it is. */
export function tryEdits(
  built: BuiltMesh,
  { edits, declared }: { readonly edits: WhatIfEdits; readonly declared: Declared },
): WhatIfResult {
  const { mesh, issues } = editMesh(built.mesh, edits);
  const tables = bothTables(built.mesh, mesh, declared);
  const before = auditMesh(built.mesh, built.issues, declared);
  const after = auditMesh(mesh, [...built.issues, ...issues], declared);
  return {
    ...collectComparison(compareTables(tables.before, tables.after)),
    ...compareFindings(before.findings, after.findings),
    issues,
  };
}

const concerns =
  (ref: WorkloadRef, affected: (finding: Finding) => readonly WorkloadRef[]) =>
  (finding: Finding): boolean =>
    affected(finding).some(item => refKey(item) === refKey(ref));

const cellsOf = (changes: readonly TableChange[]) =>
  changes.reduce((count, { workloads }) => count + workloads.length, 0);

/** What edits would change for one workload, and for how many cells of others. */
export function tryEditsOf(
  built: BuiltMesh,
  input: Jobs['whatIfOf']['input'],
): Jobs['whatIfOf']['result'] {
  const { edits, declared, workload, elsewhere } = input;
  const { mesh, issues } = editMesh(built.mesh, edits);
  const tables = bothTables(built.mesh, mesh, declared);
  const { changes } = collectComparison(compareTables(tables.before, tables.after));
  const own = changes
    .filter(({ workloads }) => workloads.some(ref => refKey(ref) === refKey(workload)))
    .map(change => ({ ...change, workloads: [workload] }));
  const before = auditMesh(built.mesh, built.issues, declared);
  const after = auditMesh(mesh, [...built.issues, ...issues], declared);
  const hosts = declared[refKey(workload)] ?? [];
  const name = `${workload.namespace}/${workload.name}`;
  const access = [
    ...externalAccess(mesh, {
      workloads: [workload],
      ...(declaredKey(hosts) === '' ? {} : { declared: { [name]: hosts } }),
    }),
  ];
  return {
    changes: own,
    unchanged: tables.after.columns.length - own.length,
    ...compareFindings(
      before.findings.filter(concerns(workload, before.affected)),
      after.findings.filter(concerns(workload, after.affected)),
    ),
    issues,
    access,
    ...(elsewhere ? { elsewhere: cellsOf(changes) - own.length } : {}),
  };
}
