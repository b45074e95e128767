import type { AccessCounts, WorkloadCard } from '@sidetrace/backstage-plugin-sidetrace-common';
import type { AccessRow, AccessTarget } from '@sidetrace/core';
import { verdicts } from '@sidetrace/core/access';
import { refKey } from '../analysis/access-table';
import type { StatusPart } from '../analysis/analysis-index';
import { declaredKey } from '../analysis/declared';
import { hasWorkload } from '../analysis/workload-set';
import type { MeshWorkers } from '../worker/mesh-workers';
import type { Bound } from './bound-entity';
import { type JudgedFinding, judgedFindings } from './judged-findings';
import type { ViewContext } from './view-context';
import { digestOf } from './what-if';

/** Findings about a workload, or with it among the affected. */
export function findingsOf({ bound, mesh }: Bound, context: ViewContext): readonly JudgedFinding[] {
  const at = mesh.loaded.positions.get(refKey(bound.ref));
  if (at === undefined) return [];
  return judgedFindings(context, [mesh]).filter(({ indexed }) => {
    const set = mesh.loaded.sets[indexed.workloads];
    return set !== undefined && hasWorkload(set, at);
  });
}

/** Rows for the hosts that an entity declares: stored ones when nothing has been declared since. */
export async function declaredRowsOf(
  { bound, mesh }: Bound,
  hosts: readonly AccessTarget[],
  workers: MeshWorkers,
): Promise<readonly AccessRow[]> {
  if (hosts.length === 0) return [];
  const { declared } = mesh.loaded.index;
  const key = refKey(bound.ref);
  const stored = Object.hasOwn(declared, key) ? declared[key] : undefined;
  if (stored?.key === declaredKey(hosts)) return stored.rows;
  return workers.run('declared', digestOf(mesh), { workload: bound.ref, hosts });
}

/** Cells of a workload by verdict: those of the table, and of declared hosts that it does not have. */
function accessCounts({ bound, mesh }: Bound, declared: readonly AccessRow[]): AccessCounts {
  const counts = { allowed: 0, passthrough: 0, bypass: 0, blocked: 0, mixed: 0, undetermined: 0 };
  const { loaded } = mesh;
  const at = loaded.positions.get(refKey(bound.ref)) ?? -1;
  const own = new Set<number>();
  loaded.groups.forEach((set, group) => {
    if (hasWorkload(set, at)) own.add(group);
  });
  const { rows, columns } = loaded.index.access;
  const known = new Set<string>();
  for (const [column, group, found] of rows) {
    const verdict = verdicts[found];
    if (!own.has(group) || verdict === undefined) continue;
    counts[verdict] += 1;
    known.add(`${columns[column]?.host}:${columns[column]?.port}`);
  }
  for (const { host, port, verdict } of declared) {
    if (!known.has(`${host}:${port}`)) counts[verdict] += 1;
  }
  const declaredBlocked = declared.filter(({ verdict }) => verdict === 'blocked').length;
  return { ...counts, declaredBlocked };
}

/** A workload at a glance. */
export async function workloadCard(
  bound: Bound,
  context: ViewContext,
  options: { readonly hosts: readonly AccessTarget[]; readonly workers: MeshWorkers },
): Promise<WorkloadCard> {
  const { loaded } = bound.mesh;
  const { ref } = bound.bound;
  const digest = loaded.index.statuses[ref.namespace];
  const statuses = digest === undefined ? [] : await context.analyses.part<StatusPart>(digest);
  const status = statuses.find(({ workload }) => refKey(workload) === refKey(ref));
  if (status === undefined) throw new Error(`an analysis lacks the status of ${bound.bound.id}`);
  const standing = findingsOf(bound, context).filter(({ state }) => state !== 'waived');
  const ofLevel = (level: string) =>
    standing.filter(({ indexed }) => indexed.level === level).length;
  return {
    workload: bound.bound,
    status,
    access: accessCounts(bound, await declaredRowsOf(bound, options.hosts, options.workers)),
    findings: { error: ofLevel('error'), warning: ofLevel('warning'), info: ofLevel('info') },
  };
}
