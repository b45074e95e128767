/** What decides who came first: creation time, then name, then namespace. */
export interface Created {
  readonly creationTimestamp?: string;
  readonly name: string;
  readonly namespace?: string;
}

/** An object that no cluster has stored yet is younger than all that have been. */
function created(timestamp: string | undefined): number {
  const time = timestamp === undefined ? Number.NaN : Date.parse(timestamp);
  return Number.isNaN(time) ? Number.POSITIVE_INFINITY : time;
}

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Oldest first (`pilot/pkg/model/config.go:sortConfigByCreationTime`, `push_context.go:SortServicesByCreationTime`).
 * Manifests without a creation time are ordered by name and namespace, after those that have one.
 */
export function sortByCreation<T>(items: readonly T[], of: (item: T) => Created): T[] {
  const keyed = items.map(item => {
    const key = of(item);
    return { item, key, time: created(key.creationTimestamp) };
  });
  keyed.sort(
    (a, b) =>
      (a.time === b.time ? 0 : a.time < b.time ? -1 : 1) ||
      compareText(a.key.name, b.key.name) ||
      compareText(a.key.namespace ?? '', b.key.namespace ?? ''),
  );
  return keyed.map(({ item }) => item);
}
