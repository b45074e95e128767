import {
  type BindableWorkload,
  KUBERNETES_ID_ANNOTATION,
  matchingWorkloads,
  type WorkloadQuery,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import type { AccessTarget } from '@sidetrace/core';
import { refKey } from '../analysis/access-table';
import type { IndexedWorkload } from '../analysis/analysis-index';
import type { Declared } from '../analysis/declared';
import type { Binding, Bindings } from './bindings';

/** Workloads of one mesh, ready to be looked up. */
export interface WorkloadLookup {
  readonly workloads: readonly BindableWorkload[];
  readonly byName: ReadonlyMap<string, readonly BindableWorkload[]>;
  readonly byKubernetesId: ReadonlyMap<string, readonly BindableWorkload[]>;
}

const asBindable = ({ ref, labels, ownLabels }: IndexedWorkload): BindableWorkload => ({
  ref,
  labels,
  ...(ownLabels === undefined ? {} : { resource: { metadata: { labels: ownLabels } } }),
});

const idsOf = ({ labels, resource }: BindableWorkload): readonly string[] =>
  [labels, resource?.metadata.labels ?? {}].flatMap(own =>
    Object.hasOwn(own, KUBERNETES_ID_ANNOTATION) ? [own[KUBERNETES_ID_ANNOTATION] ?? ''] : [],
  );

function groupedBy(
  workloads: readonly BindableWorkload[],
  keysOf: (workload: BindableWorkload) => readonly string[],
): ReadonlyMap<string, readonly BindableWorkload[]> {
  const groups = new Map<string, BindableWorkload[]>();
  for (const workload of workloads) {
    for (const key of new Set(keysOf(workload))) {
      const list = groups.get(key);
      if (list === undefined) groups.set(key, [workload]);
      else list.push(workload);
    }
  }
  return groups;
}

export function workloadLookup(indexed: readonly IndexedWorkload[]): WorkloadLookup {
  const workloads = indexed.map(asBindable);
  return {
    workloads,
    byName: groupedBy(workloads, ({ ref }) => [`${ref.namespace}/${ref.name}`]),
    byKubernetesId: groupedBy(workloads, idsOf),
  };
}

/** Those that a query may mean, without looking at all where it names some. */
function candidates(query: WorkloadQuery, lookup: WorkloadLookup): readonly BindableWorkload[] {
  if (query.kind === 'invalid') return [];
  if (query.kind === 'names') {
    return query.names.flatMap(name => {
      const parts = name.split('/');
      return lookup.byName.get(`${parts[0]}/${parts.at(-1)}`) ?? [];
    });
  }
  const id = query.requirements.find(
    item => item.kind === 'in' && item.key === KUBERNETES_ID_ANNOTATION,
  );
  if (id === undefined || !('values' in id)) return lookup.workloads;
  return id.values.flatMap(value => lookup.byKubernetesId.get(value) ?? []);
}

/** Workloads that a query means, each once. */
export function findBound(
  query: WorkloadQuery,
  lookup: WorkloadLookup,
  cluster: string | undefined,
): readonly BindableWorkload[] {
  const workloads = [...new Set(candidates(query, lookup))];
  return matchingWorkloads(query, { ...(cluster === undefined ? {} : { cluster }), workloads });
}

/** The entities of each workload, by `namespace/kind/name`. */
export function bindWorkloads(
  bindings: Bindings,
  lookup: WorkloadLookup,
  cluster: string | undefined,
): ReadonlyMap<string, readonly Binding[]> {
  const bound = new Map<string, readonly Binding[]>();
  for (const binding of bindings.list) {
    for (const { ref } of findBound(binding.query, lookup, cluster)) {
      const key = refKey(ref);
      bound.set(key, [...(bound.get(key) ?? []), binding]);
    }
  }
  return bound;
}

/** Hosts that the catalog declares for the workloads of a mesh. */
export function declaredOf(bound: ReadonlyMap<string, readonly Binding[]>): Declared {
  const declared = [...bound].map(
    ([key, list]) => [key, list.flatMap(({ targets }) => targets)] as const,
  );
  const some = declared.filter(
    ([, targets]: readonly [string, readonly AccessTarget[]]) => targets.length > 0,
  );
  return Object.fromEntries(some);
}
