/** What decides who came first: creation time, then name, then namespace. */
export interface Created {
  readonly creationTimestamp?: string;
  readonly name: string;
  readonly namespace?: string;
}

/** Sorts after every timestamp: an object that no cluster has stored yet is younger than all that have been. */
const notYet = '~';

/** A text that sorts like the time; Kubernetes itself writes `2026-01-05T08:00:00Z`. */
function created(timestamp: string | undefined): string {
  if (timestamp === undefined) return notYet;
  if (timestamp.length === 20 && timestamp.endsWith('Z')) return timestamp;
  const time = Date.parse(timestamp);
  return Number.isNaN(time) ? notYet : new Date(time).toISOString();
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
      compareText(a.time, b.time) ||
      compareText(a.key.name, b.key.name) ||
      compareText(a.key.namespace ?? '', b.key.namespace ?? ''),
  );
  return keyed.map(({ item }) => item);
}
