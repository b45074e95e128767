import type { Entity } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import {
  type BoundWorkload,
  describeQuery,
  type NoAnnotation,
  type NoMatch,
  workloadQueryOf,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import { findBound, workloadLookup } from '../catalog/bound-workloads';
import type { EntityHosts } from '../catalog/catalog-entities';
import { type AnsweringMesh, answering } from '../services/analyses';
import { workloadId } from './names';
import { sourceState } from './source-state';
import type { ViewContext } from './view-context';

/** An entity as the caller sees it. */
export interface EntityInput {
  readonly entity: Entity;
  readonly hosts: EntityHosts;
}

/** A workload of the entity in a mesh that answers. */
export interface Bound {
  readonly bound: BoundWorkload;
  readonly mesh: AnsweringMesh;
}

/** The workloads of an entity, in all meshes. */
export function boundWorkloads({ entity }: EntityInput, { meshes }: ViewContext): readonly Bound[] {
  const query = workloadQueryOf(entity);
  if (query === undefined) return [];
  return answering(meshes).flatMap(mesh => {
    const { source, loaded } = mesh;
    const lookup = workloadLookup(loaded.index.workloads);
    return findBound(query, lookup, source.cluster).map(({ ref }) => ({
      bound: { id: workloadId(source.id, ref), source: source.id, ref },
      mesh,
    }));
  });
}

/** Why an entity has no workloads. */
export function unbound({ entity }: EntityInput, { meshes }: ViewContext): NoAnnotation | NoMatch {
  const query = workloadQueryOf(entity);
  if (query === undefined) return { kind: 'no-annotation' };
  return {
    kind: 'no-match',
    annotation: query.annotation,
    lookedFor: describeQuery(query),
    sources: meshes.map(mesh => sourceState(mesh)),
  };
}

/** The workload that is asked for, the first when none is; throws when the entity does not have it. */
export function chooseWorkload(
  input: EntityInput,
  context: ViewContext,
  wanted: string | undefined,
): Bound {
  const all = boundWorkloads(input, context);
  const chosen = wanted === undefined ? all[0] : all.find(({ bound }) => bound.id === wanted);
  if (chosen !== undefined) return chosen;
  throw new NotFoundError(
    wanted === undefined
      ? 'the entity has no workload in any mesh'
      : `the entity has no workload \`${wanted}\``,
  );
}
