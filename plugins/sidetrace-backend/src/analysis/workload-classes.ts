import { hasWorkload, type WorkloadSet } from './workload-set';

/** Workloads that are in the same groups, hence have equal answers everywhere. */
export interface WorkloadClass {
  readonly members: readonly number[];
  /** Positions of those groups. */
  readonly groups: readonly number[];
}

/** Divides workloads into classes, in the order of their first members. Those in no group are in no class. */
export function workloadClasses(
  count: number,
  groups: readonly WorkloadSet[],
): readonly WorkloadClass[] {
  const classes = new Map<string, { members: number[]; groups: readonly number[] }>();
  for (let index = 0; index < count; index += 1) {
    const own: number[] = [];
    groups.forEach((set, at) => {
      if (hasWorkload(set, index)) own.push(at);
    });
    if (own.length === 0) continue;
    const key = own.join(',');
    const known = classes.get(key);
    if (known === undefined) classes.set(key, { members: [index], groups: own });
    else known.members.push(index);
  }
  return [...classes.values()];
}
