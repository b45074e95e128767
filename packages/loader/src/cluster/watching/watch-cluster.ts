import type { Cluster } from '../cluster';
import type { WatchOptions } from '../cluster-listing';
import { discoverKinds, type ServedKind } from '../kinds';
import {
  assembleListing,
  type Reading,
  type ReadStates,
  readingOf,
  readStates,
  type Selection,
  sourceOf,
  targetKey,
  targetsOf,
  wantedConfigMaps,
} from '../listing';
import { ApiFailure, waitFor } from '../request';
import { Followed } from './followed';
import { whenQuiet } from './quiet';
import { Troubles } from './troubles';

const usualQuietMs = 1000;
/** So often the cluster is asked whether it has new kinds. */
const discoverEveryMs = 300_000;

/** Follows the ConfigMaps that the objects now ask for, and no others. */
function followConfigMaps(
  followed: Followed,
  kinds: readonly ServedKind[],
  selection: Selection,
): void {
  const wanted = wantedConfigMaps(kinds, followed.states, selection);
  const keys = new Set(wanted.map(targetKey));
  for (const state of followed.states) {
    if (state.target.name !== undefined && !keys.has(targetKey(state.target))) followed.drop(state);
  }
  for (const target of wanted) followed.start(target);
}

/** Looks from time to time for kinds that were installed since. */
async function followNewKinds(
  followed: Followed,
  { cluster, signal }: Reading,
  selection: Selection,
): Promise<void> {
  while (signal?.aborted !== true) {
    await waitFor(discoverEveryMs, signal).catch(() => undefined);
    if (signal?.aborted) return;
    const { connection, pace } = cluster;
    const kinds = await discoverKinds(connection, { pace, signal }).catch((error: unknown) => {
      if (error instanceof ApiFailure || signal?.aborted) return [];
      throw error;
    });
    for (const kind of kinds.filter(item => item.kind.byName !== true)) {
      for (const target of targetsOf(kind, selection.namespaces)) followed.start(target);
    }
  }
}

/**
 * Lists a cluster and follows its changes until the signal is aborted. Rejects with a `ClusterError` when the first
 * listing fails, and with what a callback throws; later failures of the cluster are told by `onTrouble` and tried again.
 *
 * @example await watchCluster(cluster, { signal, onListing: ({ resources }) => analyse(resources) });
 */
export async function watchCluster(cluster: Cluster, options: WatchOptions): Promise<void> {
  const { signal, onListing } = options;
  const reading = readingOf(cluster, options);
  const selection = { namespaces: options.namespaces, rootNamespace: options.rootNamespace };
  const first = await readStates(reading, selection).catch((error: unknown) => {
    if (signal.aborted) return undefined;
    throw error;
  });
  if (first === undefined) return;
  onListing(assembleListing(first.states, sourceOf(reading)));
  await followStates(first, { ...reading, signal }, options);
}

/** Follows the lists that were read until the signal is aborted; rejects with what `onListing` throws. */
async function followStates(
  { kinds, states }: ReadStates,
  reading: Reading & { readonly signal: AbortSignal },
  options: WatchOptions,
): Promise<void> {
  const { onListing, onTrouble, debounceMs = usualQuietMs } = options;
  const selection = { namespaces: options.namespaces, rootNamespace: options.rootNamespace };
  const broken = new AbortController();
  const whole = { ...reading, signal: AbortSignal.any([reading.signal, broken.signal]) };
  const onError = (error: unknown) => broken.abort(error);
  const quiet = whenQuiet(debounceMs, () => {
    try {
      followConfigMaps(followed, kinds, selection);
      onListing(assembleListing(followed.states, sourceOf(reading)));
    } catch (error) {
      onError(error);
    }
  });
  const troubles = new Troubles(error => onTrouble?.(error));
  const followed = new Followed(whole, { onChange: quiet.stir, troubles, onError });
  for (const state of states) followed.start(state.target, state);
  await followNewKinds(followed, whole, selection).catch(onError);
  await followed.ended();
  quiet.stop();
  if (broken.signal.aborted) throw broken.signal.reason;
}
