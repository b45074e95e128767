import type { Cluster } from '../cluster';
import type { WatchOptions } from '../cluster-listing';
import { discoverKinds, type ServedKind } from '../kinds';
import {
  assembleListing,
  newState,
  type Reading,
  readingOf,
  readStates,
  type Selection,
  sourceOf,
  type TargetState,
  targetKey,
  targetsOf,
  wantedConfigMaps,
} from '../listing';
import { ApiFailure, waitFor } from '../request';
import { followTarget } from './follow-target';
import { type Quiet, whenQuiet } from './quiet';
import { Troubles } from './troubles';

const usualQuietMs = 1000;
/** So often the cluster is asked whether it has new kinds. */
const discoverEveryMs = 300_000;

/** The lists that are followed, each until it is dropped. */
class Followed {
  readonly #states = new Map<string, TargetState>();
  readonly #stops = new Map<string, AbortController>();
  readonly #running = new Set<Promise<void>>();

  constructor(
    private readonly reading: Reading,
    private readonly quiet: Quiet,
    private readonly troubles: Troubles,
  ) {}

  get states(): readonly TargetState[] {
    return [...this.#states.values()];
  }

  start(state: TargetState): void {
    const key = targetKey(state.target);
    if (this.#states.has(key)) return;
    const stop = new AbortController();
    const { signal } = this.reading;
    const either = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
    this.#states.set(key, state);
    this.#stops.set(key, stop);
    const running = followTarget(
      state,
      { ...this.reading, signal: either },
      { onChange: this.quiet.stir, onTrouble: error => this.troubles.set(key, error) },
    ).finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  drop(state: TargetState): void {
    const key = targetKey(state.target);
    this.#stops.get(key)?.abort();
    this.#stops.delete(key);
    this.#states.delete(key);
    this.troubles.set(key, undefined);
  }

  /** Rejects with the first error of a list that no failure of the cluster explains. */
  ended(): Promise<unknown> {
    return Promise.all(this.#running);
  }
}

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
  for (const target of wanted) followed.start(newState(target));
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
      for (const target of targetsOf(kind, selection.namespaces)) followed.start(newState(target));
    }
  }
}

/**
 * Lists a cluster and follows its changes until the signal is aborted. Rejects with a `ClusterError` when the first
 * listing fails; later failures are told by `onTrouble` and tried again.
 *
 * @example await watchCluster(cluster, { signal, onListing: ({ resources }) => analyse(resources) });
 */
export async function watchCluster(cluster: Cluster, options: WatchOptions): Promise<void> {
  const { signal, onListing, onTrouble, debounceMs = usualQuietMs } = options;
  const reading = readingOf(cluster, options);
  const selection = { namespaces: options.namespaces, rootNamespace: options.rootNamespace };
  const first = await readStates(reading, selection).catch((error: unknown) => {
    if (signal.aborted) return undefined;
    throw error;
  });
  if (first === undefined) return;
  const { kinds, states } = first;
  onListing(assembleListing(states, sourceOf(reading)));

  const ended = new AbortController();
  const whole: Reading = { ...reading, signal: AbortSignal.any([signal, ended.signal]) };
  const quiet = whenQuiet(debounceMs, () => {
    followConfigMaps(followed, kinds, selection);
    onListing(assembleListing(followed.states, sourceOf(reading)));
  });
  const followed = new Followed(whole, quiet, new Troubles(error => onTrouble?.(error)));
  for (const state of states) followed.start(state);
  try {
    await followNewKinds(followed, whole, selection);
    await followed.ended();
  } finally {
    ended.abort();
    quiet.stop();
  }
}
