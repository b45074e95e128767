import type { SnapshotSummary } from '@sidetrace/backstage-plugin-sidetrace-common';

/** Two snapshots to compare, the older one first. */
export interface Pair {
  readonly before: string;
  readonly after: string;
}

/**
 * Picks a snapshot for a comparison: with one of the same source picked before there are two; otherwise it is the
 * first, or, picked again, none.
 */
export function pick(
  snapshots: readonly SnapshotSummary[],
  picked: string,
  id: string,
): { readonly picked: string; readonly pair?: Pair } {
  if (picked === id) return { picked: '' };
  const [first, second] = [picked, id].map(wanted => snapshots.find(item => item.id === wanted));
  if (first === undefined || second === undefined || first.source !== second.source) {
    return { picked: id };
  }
  const [before, after] =
    first.seenAt <= second.seenAt ? [first.id, second.id] : [second.id, first.id];
  return { picked: '', pair: { before, after } };
}

/** The snapshot of the same source before this one, as far as the list goes. */
export function previousOf(
  snapshots: readonly SnapshotSummary[],
  snapshot: SnapshotSummary,
): SnapshotSummary | undefined {
  const own = snapshots.filter(({ source }) => source === snapshot.source);
  return own[own.findIndex(({ id }) => id === snapshot.id) + 1];
}
