import { getOrMake, type WorkloadRef } from '../../mesh';
import type { WorkloadGroup } from '../matrix/workload-group';

/** One text for each workload, whichever mesh its reference is of. */
export const refKey = ({ kind, namespace, name }: WorkloadRef): string =>
  `${kind} ${namespace}/${name}`;

/** Which workloads groups of two matrices have in common; each pair of groups is compared once. */
export interface Overlaps {
  /** Workloads of `group` that are in `other`, as `group` refers to them. */
  readonly common: (group: WorkloadGroup, other: WorkloadGroup) => readonly WorkloadRef[];
  /** Workloads of `group` that are in none of the others. */
  readonly left: (group: WorkloadGroup, others: readonly WorkloadGroup[]) => readonly WorkloadRef[];
}

export function makeOverlaps(): Overlaps {
  const keys = new Map<WorkloadGroup, ReadonlySet<string>>();
  const pairs = new Map<WorkloadGroup, Map<WorkloadGroup, readonly WorkloadRef[]>>();
  const rests = new Map<WorkloadGroup, Map<string, readonly WorkloadRef[]>>();
  const keysOf = (group: WorkloadGroup): ReadonlySet<string> =>
    getOrMake(keys, group, () => new Set(group.members.map(refKey)));
  const common = (group: WorkloadGroup, other: WorkloadGroup) => {
    const known = getOrMake(pairs, group, () => new Map<WorkloadGroup, readonly WorkloadRef[]>());
    return getOrMake(known, other, () => {
      const others = keysOf(other);
      return group.members.filter(ref => others.has(refKey(ref)));
    });
  };
  return {
    common,
    left: (group, others) => {
      const covered = others.reduce((sum, other) => sum + common(group, other).length, 0);
      if (covered === group.size) return [];
      const known = getOrMake(rests, group, () => new Map<string, readonly WorkloadRef[]>());
      return getOrMake(known, others.map(({ id }) => id).join(), () =>
        group.members.filter(ref => !others.some(other => keysOf(other).has(refKey(ref)))),
      );
    },
  };
}
