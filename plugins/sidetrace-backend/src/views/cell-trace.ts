import { NotFoundError } from '@backstage/errors';
import type { CellRequest, CellTrace } from '@sidetrace/backstage-plugin-sidetrace-common';
import type { WorkloadRef } from '@sidetrace/core';
import { refKey } from '../analysis/access-table';
import { hasWorkload } from '../analysis/workload-set';
import { type AnsweringMesh, answering } from '../services/analyses';
import type { MeshWorkers } from '../worker/mesh-workers';
import { workloadId } from './names';
import { observedRows } from './observed-rows';
import { sourceState } from './source-state';
import type { ViewContext } from './view-context';
import { digestOf } from './what-if';

/** The workload of an id, `source/namespace/kind/name`. */
export function workloadOfId(
  id: string,
  { meshes }: ViewContext,
): { readonly mesh: AnsweringMesh; readonly ref: WorkloadRef } {
  for (const mesh of answering(meshes)) {
    if (!id.startsWith(`${mesh.source.id}/`)) continue;
    const found = mesh.loaded.index.workloads.find(
      ({ ref }) => workloadId(mesh.source.id, ref) === id,
    );
    if (found !== undefined) return { mesh, ref: found.ref };
  }
  throw new NotFoundError(`there is no workload \`${id}\``);
}

/** Hosts for which the table has a row of the workload. */
function hostsOf({ loaded }: AnsweringMesh, ref: WorkloadRef): ReadonlySet<string> {
  const at = loaded.positions.get(refKey(ref)) ?? -1;
  const own = new Set(loaded.groups.flatMap((set, group) => (hasWorkload(set, at) ? [group] : [])));
  const { rows, columns } = loaded.index.access;
  return new Set(
    rows.flatMap(([column, group]) => (own.has(group) ? (columns[column]?.host ?? []) : [])),
  );
}

/** How the call behind a cell of the matrix goes. */
export async function cellTrace(
  context: ViewContext,
  { workload, ...target }: CellRequest,
  workers: MeshWorkers,
): Promise<CellTrace> {
  const { mesh, ref } = workloadOfId(workload, context);
  const observing = context.observed.of(mesh, ref.namespace, context.now);
  const answer = await workers.run('cell', digestOf(mesh), { workload: ref, target });
  const observed = await observing;
  const [row] = observedRows(answer.row === undefined ? [] : [answer.row], observed, {
    workload: ref,
    hosts: hostsOf(mesh, ref),
  });
  return {
    source: sourceState(mesh, { observed }),
    workload: context.names.of(mesh, ref),
    ...(row === undefined ? {} : { row }),
    trace: answer.trace,
  };
}
