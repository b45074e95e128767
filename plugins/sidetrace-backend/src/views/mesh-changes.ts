import {
  type AccessChange,
  changeLimit,
  type MeshChanges,
  type MeshFinding,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import type { TableChange } from '../analysis/compare-tables';
import { counted } from '../analysis/counted';
import type { AnsweringMesh } from '../services/analyses';
import { countChanges } from '../services/reading-changes';
import type { ViewContext } from './view-context';

/** Changes of one mesh. */
export interface MeshDifference {
  readonly mesh: AnsweringMesh;
  readonly changes: readonly TableChange[];
  readonly unchanged: number;
  readonly findingsAdded: readonly MeshFinding[];
  readonly findingsRemoved: readonly MeshFinding[];
  readonly findingsUnchanged: number;
}

/** A change as pages show it. */
export function accessChange(
  mesh: AnsweringMesh,
  { change, column, before, after, workloads }: TableChange,
  { names }: Pick<ViewContext, 'names'>,
): AccessChange {
  return {
    source: mesh.source.id,
    change,
    ...column,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    workloads: names.affected(mesh, workloads),
  };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, item) => total + item, 0);

/** Changes of meshes as one answer, cut to what a page can show. */
export function meshChanges(
  differences: readonly MeshDifference[],
  context: Pick<ViewContext, 'names'>,
): MeshChanges {
  const all = differences.flatMap(({ mesh, changes }) => changes.map(change => ({ mesh, change })));
  const added = differences.flatMap(({ findingsAdded }) => findingsAdded);
  const removed = differences.flatMap(({ findingsRemoved }) => findingsRemoved);
  const owners = all.flatMap(({ mesh, change }) =>
    change.workloads.flatMap(ref => context.names.of(mesh, ref).owner ?? []),
  );
  return {
    access: {
      counts: countChanges(all.map(({ change }) => change)),
      unchanged: sum(differences.map(({ unchanged }) => unchanged)),
      changes: all
        .slice(0, changeLimit)
        .map(({ mesh, change }) => accessChange(mesh, change, context)),
      total: all.length,
      owners: counted(owners),
    },
    findings: {
      added: added.slice(0, changeLimit),
      addedCount: added.length,
      removed: removed.slice(0, changeLimit),
      removedCount: removed.length,
      unchanged: sum(differences.map(({ findingsUnchanged }) => findingsUnchanged)),
    },
  };
}
