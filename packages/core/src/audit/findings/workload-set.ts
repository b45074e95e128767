import type { Workload, WorkloadRef } from '../../mesh';

export const workloadKey = ({ kind, namespace, name }: WorkloadRef) =>
  `${kind} ${namespace}/${name}`;

/** Workloads that a finding concerns. A set over groups costs what the groups cost, not what the workloads do. */
export interface WorkloadSet {
  readonly count: number;
  readonly has: (ref: WorkloadRef) => boolean;
  /** The first of them, in the order of the mesh within each group. */
  readonly first: (limit: number) => readonly WorkloadRef[];
}

/** A set of these, each once. */
export function workloadSet(refs: readonly WorkloadRef[]): WorkloadSet {
  const byKey = new Map(refs.map(ref => [workloadKey(ref), ref]));
  return {
    count: byKey.size,
    has: ref => byKey.has(workloadKey(ref)),
    first: limit => [...byKey.values()].slice(0, limit),
  };
}

/** Workloads that share what a rule looks at; a workload is in one group of a partition. */
export interface WorkloadGroup {
  readonly workloads: readonly Workload[];
}

const members = new WeakMap<WorkloadGroup, ReadonlySet<string>>();

function membersOf(group: WorkloadGroup): ReadonlySet<string> {
  const known = members.get(group);
  if (known !== undefined) return known;
  const made = new Set(group.workloads.map(({ ref }) => workloadKey(ref)));
  members.set(group, made);
  return made;
}

function firstOf(groups: readonly WorkloadGroup[], limit: number): readonly WorkloadRef[] {
  const refs: WorkloadRef[] = [];
  for (const { workloads } of groups) {
    if (refs.length >= limit) break;
    refs.push(...workloads.slice(0, limit - refs.length).map(({ ref }) => ref));
  }
  return refs;
}

/** The union of groups of one partition. */
export function unionOf(groups: readonly WorkloadGroup[]): WorkloadSet {
  return {
    count: groups.reduce((sum, { workloads }) => sum + workloads.length, 0),
    has: ref => {
      const key = workloadKey(ref);
      return groups.some(group => membersOf(group).has(key));
    },
    first: limit => firstOf(groups, limit),
  };
}
