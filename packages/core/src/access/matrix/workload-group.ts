import type { WorkloadRef } from '../../mesh';
import { digest } from '../digest';

/** Workloads that share an answer. */
export interface WorkloadGroup {
  /** Digest of the members: the same for the same workloads in every run. */
  readonly id: string;
  /** In the order of the mesh. */
  readonly members: readonly WorkloadRef[];
  /**
   * The members, exactly and in short: `*` every workload of the matrix, `shop/*` every one of its workloads in a
   * namespace, `shop/web` one of them (`shop/Deployment/web` where two have the name), `-shop/job` all that was named
   * before but this one. Gateways are in no matrix, so no pattern covers them.
   */
  readonly patterns: readonly string[];
}

/** The workloads of a matrix, which patterns are relative to. */
export interface Population {
  readonly byNamespace: ReadonlyMap<string, readonly WorkloadRef[]>;
  readonly size: number;
  /** Names that one workload alone has, `namespace/name`. */
  readonly isUnique: (ref: WorkloadRef) => boolean;
}

export function populationOf(refs: readonly WorkloadRef[]): Population {
  const byNamespace = new Map<string, WorkloadRef[]>();
  const uses = new Map<string, number>();
  for (const ref of refs) {
    const list = byNamespace.get(ref.namespace);
    if (list === undefined) byNamespace.set(ref.namespace, [ref]);
    else list.push(ref);
    const name = `${ref.namespace}/${ref.name}`;
    uses.set(name, (uses.get(name) ?? 0) + 1);
  }
  return {
    byNamespace,
    size: refs.length,
    isUnique: ({ namespace, name }) => uses.get(`${namespace}/${name}`) === 1,
  };
}

function nameOf(ref: WorkloadRef, population: Population): string {
  const { namespace, kind, name } = ref;
  return population.isUnique(ref) ? `${namespace}/${name}` : `${namespace}/${kind}/${name}`;
}

/** The members of one namespace: all, all but some, or each by name; whichever is shorter. */
function namespacePatterns(
  namespace: string,
  members: ReadonlySet<WorkloadRef>,
  population: Population,
): readonly string[] {
  const all = population.byNamespace.get(namespace) ?? [];
  const named = (refs: readonly WorkloadRef[]) => refs.map(ref => nameOf(ref, population));
  const others = all.filter(ref => !members.has(ref));
  if (others.length < members.size / 2) {
    return [`${namespace}/*`, ...named(others).map(name => `-${name}`)];
  }
  return named(all.filter(ref => members.has(ref)));
}

function patternsOf(members: readonly WorkloadRef[], population: Population): readonly string[] {
  if (members.length === population.size) return ['*'];
  const byNamespace = new Map<string, Set<WorkloadRef>>();
  for (const ref of members) {
    const set = byNamespace.get(ref.namespace);
    if (set === undefined) byNamespace.set(ref.namespace, new Set([ref]));
    else set.add(ref);
  }
  return [...byNamespace].flatMap(([namespace, own]) =>
    namespacePatterns(namespace, own, population),
  );
}

/** The group of these members, which are objects of the population. */
export function workloadGroup(
  members: readonly WorkloadRef[],
  population: Population,
): WorkloadGroup {
  const key = members.map(({ kind, namespace, name }) => `${kind}\n${namespace}\n${name}`);
  return { id: digest(key.join('\n')), members, patterns: patternsOf(members, population) };
}
