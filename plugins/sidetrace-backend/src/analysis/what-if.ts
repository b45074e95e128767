import type { WhatIfEdits } from '@sidetrace/backstage-plugin-sidetrace-common';
import {
  type AccessTarget,
  externalAccess,
  type Finding,
  type Mesh,
  type WorkloadRef,
} from '@sidetrace/core';
import type { Jobs, WhatIfResult } from '../worker/jobs';
import { accessTable, columnKey, refKey } from './access-table';
import { type AuditedMesh, auditMesh } from './audit-mesh';
import type { BuiltMesh } from './built-mesh';
import { collectComparison, compareTables, type TableChange } from './compare-tables';
import { type Declared, declaredDigest, declaredKey } from './declared';
import { editMesh } from './mesh-edits';

type Table = ReturnType<typeof accessTable>;

/** Tables of a mesh as it is, which each what-if compares with: made once for as long as the mesh is in memory. */
const tables = new WeakMap<Mesh, Table>();

function wholeTable(mesh: Mesh): Table {
  const table = tables.get(mesh) ?? accessTable(mesh);
  tables.set(mesh, table);
  return table;
}

const audits = new WeakMap<Mesh, { readonly key: string; readonly audited: AuditedMesh }>();

/** The audit of a mesh as it is, likewise; with the hosts declared last. */
function auditOf({ mesh, issues }: BuiltMesh, declared: Declared): AuditedMesh {
  const key = declaredDigest(declared);
  const known = audits.get(mesh);
  if (known?.key === key) return known.audited;
  const audited = auditMesh(mesh, issues, declared);
  audits.set(mesh, { key, audited });
  return audited;
}

/**
 * Tables of both meshes over the hosts of both: a host that the edit brings or takes is judged on either side. Of one
 * workload when one is given: no row depends on which others are asked about.
 */
function bothTables(before: Mesh, after: Mesh, declared: Declared, only?: WorkloadRef) {
  const own = only === undefined ? {} : { workloads: [only] };
  const declaredHosts: readonly AccessTarget[] = Object.values(declared).flat();
  const first = {
    before: only === undefined ? wholeTable(before) : accessTable(before, own),
    after: accessTable(after, own),
  };
  const known = (table: Table) => new Set(table.columns.map(columnKey));
  const [old, fresh] = [known(first.before), known(first.after)];
  const missing = (from: Table, there: ReadonlySet<string>) =>
    from.columns.filter(column => !there.has(columnKey(column)));
  const toBefore = [...missing(first.after, old), ...declaredHosts];
  const toAfter = [...missing(first.before, fresh), ...declaredHosts];
  return {
    before: toBefore.length === 0 ? first.before : accessTable(before, { ...own, hosts: toBefore }),
    after: toAfter.length === 0 ? first.after : accessTable(after, { ...own, hosts: toAfter }),
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
  const both = bothTables(built.mesh, mesh, declared);
  const before = auditOf(built, declared);
  const after = auditMesh(mesh, [...built.issues, ...issues], declared);
  return {
    ...collectComparison(compareTables(both.before, both.after)),
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

/** What edits would change for one workload; and for how many cells of others, which takes the whole mesh. */
export function tryEditsOf(
  built: BuiltMesh,
  input: Jobs['whatIfOf']['input'],
): Jobs['whatIfOf']['result'] {
  const { edits, declared, workload, elsewhere } = input;
  const { mesh, issues } = editMesh(built.mesh, edits);
  const both = bothTables(built.mesh, mesh, declared, elsewhere ? undefined : workload);
  const { changes } = collectComparison(compareTables(both.before, both.after));
  const own = changes
    .filter(({ workloads }) => workloads.some(ref => refKey(ref) === refKey(workload)))
    .map(change => ({ ...change, workloads: [workload] }));
  const before = auditOf(built, declared);
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
    unchanged: both.after.columns.length - own.length,
    ...compareFindings(
      before.findings.filter(concerns(workload, before.affected)),
      after.findings.filter(concerns(workload, after.affected)),
    ),
    issues,
    access,
    ...(elsewhere ? { elsewhere: cellsOf(changes) - own.length } : {}),
  };
}
