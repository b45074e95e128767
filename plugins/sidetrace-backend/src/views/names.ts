import {
  type AffectedWorkloads,
  affectedLimit,
  type NamedWorkload,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import type { WorkloadRef } from '@sidetrace/core';
import { refKey } from '../analysis/access-table';
import { hasWorkload, type WorkloadSet } from '../analysis/workload-set';
import type { Binding, Bindings } from '../catalog/bindings';
import { bindWorkloads, workloadLookup } from '../catalog/bound-workloads';
import type { AnsweringMesh, LoadedAnalysis } from '../services/analyses';

/** Id of a workload in URLs. */
export const workloadId = (source: string, { kind, namespace, name }: WorkloadRef): string =>
  `${source}/${namespace}/${kind}/${name}`;

type Bound = ReadonlyMap<string, readonly Binding[]>;
const known = new WeakMap<LoadedAnalysis, { readonly version: string; readonly bound: Bound }>();

function boundOf({ source, loaded }: AnsweringMesh, bindings: Bindings): Bound {
  const before = known.get(loaded);
  if (before?.version === bindings.version) return before.bound;
  const bound = bindWorkloads(bindings, workloadLookup(loaded.index.workloads), source.cluster);
  known.set(loaded, { version: bindings.version, bound });
  return bound;
}

/** Names workloads as one caller may see them. */
export class Names {
  readonly #owners = new WeakMap<WorkloadSet, readonly string[]>();

  constructor(
    private readonly bindings: Bindings,
    private readonly visible: ReadonlySet<string>,
  ) {}

  of(mesh: AnsweringMesh, ref: WorkloadRef): NamedWorkload {
    const source = mesh.source.id;
    const named = { id: workloadId(source, ref), source, ref };
    const all = boundOf(mesh, this.bindings).get(refKey(ref)) ?? [];
    const binding = all.find(({ entity }) => this.visible.has(entity));
    if (binding === undefined) return named;
    const { entity, owner, system } = binding;
    return {
      ...named,
      entity,
      ...(owner === undefined ? {} : { owner }),
      ...(system === undefined ? {} : { system }),
    };
  }

  /** Workloads of which the caller may know whose they are. */
  bound(mesh: AnsweringMesh): readonly NamedWorkload[] {
    return [...boundOf(mesh, this.bindings).keys()].flatMap(key => {
      const ref = mesh.loaded.index.workloads[mesh.loaded.positions.get(key) ?? -1]?.ref;
      return ref === undefined ? [] : [this.of(mesh, ref)];
    });
  }

  affected(mesh: AnsweringMesh, refs: readonly WorkloadRef[]): AffectedWorkloads {
    return {
      count: refs.length,
      list: refs.slice(0, affectedLimit).map(ref => this.of(mesh, ref)),
    };
  }

  /** Owners of the workloads of a set. */
  owners(mesh: AnsweringMesh, set: WorkloadSet | undefined): readonly string[] {
    if (set === undefined) return [];
    const before = this.#owners.get(set);
    if (before !== undefined) return before;
    const owners = new Set<string>();
    for (const [key, all] of boundOf(mesh, this.bindings)) {
      const at = mesh.loaded.positions.get(key);
      if (at === undefined || !hasWorkload(set, at)) continue;
      const owner = all.find(({ entity }) => this.visible.has(entity))?.owner;
      if (owner !== undefined) owners.add(owner);
    }
    const list = [...owners].sort();
    this.#owners.set(set, list);
    return list;
  }
}
