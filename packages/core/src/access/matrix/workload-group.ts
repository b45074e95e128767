import type { WorkloadRef } from '../../mesh';
import { digest } from '../digest';

/** Workloads that share an answer. */
export interface WorkloadGroup {
  /** Digest of `patterns`. */
  readonly id: string;
  readonly size: number;
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
  readonly order: ReadonlyMap<WorkloadRef, number>;
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
    order: new Map(refs.map((ref, index) => [ref, index] as const)),
    isUnique: ({ namespace, name }) => uses.get(`${namespace}/${name}`) === 1,
  };
}

function nameOf(ref: WorkloadRef, population: Population): string {
  const { namespace, kind, name } = ref;
  return population.isUnique(ref) ? `${namespace}/${name}` : `${namespace}/${kind}/${name}`;
}

type Parts = readonly (readonly WorkloadRef[])[];

const sizeOf = (parts: Parts) => parts.reduce((sum, part) => sum + part.length, 0);

/** The members of one namespace: all, all but some, or each by name; whichever is shorter. */
function namespacePatterns(
  namespace: string,
  parts: Parts,
  population: Population,
): readonly string[] {
  const all = population.byNamespace.get(namespace) ?? [];
  const missing = all.length - sizeOf(parts);
  if (missing === 0) return [`${namespace}/*`];
  const members = new Set(parts.flat());
  const isShort = missing < members.size / 2;
  const named = all
    .filter(ref => members.has(ref) !== isShort)
    .map(ref => `${isShort ? '-' : ''}${nameOf(ref, population)}`);
  return isShort ? [`${namespace}/*`, ...named] : named;
}

function patternsOf(parts: Parts, population: Population): readonly string[] {
  if (sizeOf(parts) === population.size) return ['*'];
  const byNamespace = new Map<string, (readonly WorkloadRef[])[]>();
  for (const part of parts) {
    const namespace = part[0]?.namespace;
    if (namespace === undefined) continue;
    const list = byNamespace.get(namespace);
    if (list === undefined) byNamespace.set(namespace, [part]);
    else list.push(part);
  }
  return [...byNamespace].flatMap(([namespace, own]) =>
    namespacePatterns(namespace, own, population),
  );
}

/** The group of these parts, each of one namespace and of refs of the population, none of them twice. */
export function workloadGroup(parts: Parts, population: Population): WorkloadGroup {
  const patterns = patternsOf(parts, population);
  let made: readonly WorkloadRef[] | undefined;
  const place = (ref: WorkloadRef) => population.order.get(ref) ?? 0;
  return {
    id: digest(patterns.join(' ')),
    size: sizeOf(parts),
    patterns,
    get members() {
      made ??= parts.flat().sort((a, b) => place(a) - place(b));
      return made;
    },
  };
}
