import type { Entity } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import {
  type BoundWorkload,
  describeQuery,
  type EntityCardAnswer,
  type EntityTabAnswer,
  matchingWorkloads,
  type WorkloadCard,
  workloadQueryOf,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import {
  type AccessRow,
  type Finding,
  sliceMesh,
  trafficPaths,
  type Workload,
  workloadStatusOf,
} from '@sidetrace/core';
import { countAccess, countFindings, findingsOf } from './access-counts';
import type { EntityHosts } from './catalog-entities';
import type { LoadedMesh, SourceMesh } from './loaded-mesh';
import { analysisOf, type Declared } from './mesh-analysis';
import { sourceState } from './source-state';

/** A workload of the entity in a mesh that is loaded. */
interface Bound {
  readonly bound: BoundWorkload;
  readonly workload: Workload;
  readonly loaded: LoadedMesh;
  readonly sourceMesh: SourceMesh;
}

interface Answers {
  readonly card: WorkloadCard;
  readonly access: readonly AccessRow[];
  readonly findings: readonly Finding[];
}

export interface EntityViewInput {
  readonly entity: Entity;
  readonly meshes: readonly SourceMesh[];
  readonly hosts: EntityHosts;
}

/** Id of a workload in URLs. */
export const workloadId = (source: string, { kind, namespace, name }: Workload['ref']) =>
  `${source}/${namespace}/${kind}/${name}`;

function boundWorkloads({ entity, meshes }: EntityViewInput): readonly Bound[] {
  const query = workloadQueryOf(entity);
  if (query === undefined) return [];
  return meshes.flatMap(sourceMesh => {
    const { source, loaded } = sourceMesh;
    if (loaded === undefined) return [];
    const { cluster, id } = source;
    const { workloads } = loaded.mesh;
    const mesh = { ...(cluster === undefined ? {} : { cluster }), workloads };
    return matchingWorkloads(query, mesh).map(workload => ({
      bound: { id: workloadId(id, workload.ref), source: id, ref: workload.ref },
      workload,
      loaded,
      sourceMesh,
    }));
  });
}

function unbound({ entity, meshes }: EntityViewInput) {
  const query = workloadQueryOf(entity);
  if (query === undefined) return { kind: 'no-annotation' as const };
  return {
    kind: 'no-match' as const,
    annotation: query.annotation,
    lookedFor: describeQuery(query),
    sources: meshes.map(sourceState),
  };
}

function answersFor({ bound, workload, loaded }: Bound, hosts: EntityHosts): Answers {
  const { kind, namespace, name } = workload.ref;
  const declared: Declared = { [`${namespace}/${name}`]: hosts.targets };
  const analysis = analysisOf(loaded, declared);
  const access = analysis.access.filter(
    ({ workload: of }) => of.kind === kind && of.namespace === namespace && of.name === name,
  );
  const findings = findingsOf(analysis.findings, workload.ref);
  const status = workloadStatusOf(loaded.mesh, workload);
  const counts = { access: countAccess(access), findings: countFindings(findings) };
  return { card: { workload: bound, status, ...counts }, access, findings };
}

/** The entity card: each of its workloads at a glance. */
export function entityCard(input: EntityViewInput): EntityCardAnswer {
  const bound = boundWorkloads(input);
  if (bound.length === 0) return unbound(input);
  const used = new Set(bound.map(({ sourceMesh }) => sourceMesh));
  return {
    kind: 'workloads',
    cards: bound.map(item => answersFor(item, input.hosts).card),
    sources: [...used].map(sourceState),
  };
}

export interface EntityTabOptions {
  readonly workload?: string;
  /** With the workload's slice of the mesh, which holds manifests. */
  readonly withSlice: boolean;
}

/** The entity tab: everything about one of its workloads, the first when none is named. */
export function entityTab(input: EntityViewInput, options: EntityTabOptions): EntityTabAnswer {
  const all = boundWorkloads(input);
  const { workload: wanted, withSlice } = options;
  const chosen = wanted === undefined ? all[0] : all.find(({ bound }) => bound.id === wanted);
  if (chosen === undefined) {
    if (all.length === 0) return unbound(input);
    throw new NotFoundError(`the entity has no workload \`${wanted}\``);
  }
  const { card, access, findings } = answersFor(chosen, input.hosts);
  const { mesh } = chosen.loaded;
  const slice = withSlice ? sliceMesh(mesh, chosen.workload) : undefined;
  return {
    kind: 'workload',
    workloads: all.map(({ bound }) => bound),
    selected: card,
    source: sourceState(chosen.sourceMesh),
    paths: trafficPaths(mesh, chosen.workload.ref),
    access,
    findings: findings.map(finding => ({
      source: chosen.bound.source,
      finding,
      state: 'open' as const,
      owners: [],
      workloads: [chosen.bound],
    })),
    undeclared: [],
    invalidHosts: input.hosts.invalid,
    ...(slice === undefined ? {} : { slice }),
  };
}
