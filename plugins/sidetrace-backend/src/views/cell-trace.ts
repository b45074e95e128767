import { NotFoundError } from '@backstage/errors';
import type { CellRequest, CellTrace } from '@sidetrace/backstage-plugin-sidetrace-common';
import type { WorkloadRef } from '@sidetrace/core';
import { type AnsweringMesh, answering } from '../services/analyses';
import type { MeshWorkers } from '../worker/mesh-workers';
import { workloadId } from './names';
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

/** How the call behind a cell of the matrix goes. */
export async function cellTrace(
  context: ViewContext,
  { workload, ...target }: CellRequest,
  workers: MeshWorkers,
): Promise<CellTrace> {
  const { mesh, ref } = workloadOfId(workload, context);
  const answer = await workers.run('cell', digestOf(mesh), { workload: ref, target });
  return { source: sourceState(mesh), workload: context.names.of(mesh, ref), ...answer };
}
