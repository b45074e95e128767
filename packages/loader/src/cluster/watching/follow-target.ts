import { ClusterError } from '../cluster-error';
import { explainFailure } from '../connecting';
import { keep, keyOf, type Reading, refresh, sourceOf, type TargetState } from '../listing';
import { ApiFailure, backoffMs, waitFor } from '../request';
import { watchEvents } from './watch-events';

/** What a list tells those who follow it. */
export interface Follower {
  /** Objects changed, or whether they can be read. */
  readonly onChange: () => void;
  /** Why nothing arrives; undefined when it does. */
  readonly onTrouble: (error: ClusterError | undefined) => void;
}

/** Lists that may not be read or watched are looked at again after so long. */
const againMs = 60_000;

/** Applies changes until the watch ends; says how many came, bookmarks included. */
async function followOnce(
  state: TargetState,
  version: string,
  reading: Reading,
  { onChange, onTrouble }: Follower,
): Promise<number> {
  let count = 0;
  for await (const event of watchEvents(state.target, version, reading)) {
    count += 1;
    onTrouble(undefined);
    if (event.version !== '') state.version = event.version;
    if (event.kind === 'put' && keep(state, event.object, sourceOf(reading))) onChange();
    if (event.kind === 'remove' && state.objects.delete(keyOf(event.object))) onChange();
  }
  return count;
}

/** Whether the list has to be read anew: its version is too old, or the connection told nonsense. */
const isLost = ({ kind, status }: ApiFailure): boolean =>
  status === 410 || kind === 'malformed' || kind === 'too-long';

const mayNotWatch = ({ status }: ApiFailure): boolean => status === 403 || status === 405;

/** Lists anew; says whether there is a list to watch. */
async function listAnew(
  state: TargetState,
  reading: Reading,
  follower: Follower,
): Promise<boolean> {
  if (await refresh(state, reading)) follower.onChange();
  follower.onTrouble(undefined);
  return state.failure === undefined;
}

/** One round: a list when there is none, else a watch. Gives the time until the next round; throws what failed. */
async function followRound(
  state: TargetState,
  reading: Reading,
  follower: Follower,
): Promise<number> {
  const { version } = state;
  if (version === undefined || state.failure !== undefined) {
    return (await listAnew(state, reading, follower)) ? 0 : againMs;
  }
  try {
    const count = await followOnce(state, version, reading, follower);
    follower.onTrouble(undefined);
    return count > 0 ? 0 : backoffMs(reading.cluster.pace, 1);
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    if (isLost(error)) {
      state.version = undefined;
      return 0;
    }
    if (!mayNotWatch(error)) throw error;
    if (state.unwatched === undefined) follower.onChange();
    state.unwatched = error;
    state.version = undefined;
    return againMs;
  }
}

/** Why a round failed, for people; what is no failure of the cluster is thrown on. */
function troubleOf(error: unknown, server: string): ClusterError {
  if (error instanceof ClusterError) return error;
  if (!(error instanceof ApiFailure)) throw error;
  return (
    explainFailure(error, server) ??
    new ClusterError('api', `${server} fails: ${error.message}`, 'it is tried again')
  );
}

/**
 * Follows a list until the signal is aborted: watches it, resumes where a watch ended or was cut, waits longer after
 * each failure, and lists anew when the version to resume from is too old, as client-go's reflector does
 * (`tools/cache/reflector.go`).
 */
export async function followTarget(
  state: TargetState,
  reading: Reading,
  follower: Follower,
): Promise<void> {
  const { signal } = reading;
  let failed = 0;
  while (signal?.aborted !== true) {
    let wait: number;
    try {
      const { version } = state;
      wait = await followRound(state, reading, follower);
      // a list that is too old at once, again and again, must not become a loop without a pause
      failed = state.version === version ? failed : 0;
    } catch (error) {
      if (signal?.aborted) return;
      failed += 1;
      const trouble = troubleOf(error, reading.cluster.server);
      // one cut is everyday: the watch resumes
      if (failed > 1 || error instanceof ClusterError) follower.onTrouble(trouble);
      wait =
        (error instanceof ApiFailure && error.retryAfterMs) ||
        backoffMs(reading.cluster.pace, failed);
    }
    await waitFor(wait, signal).catch(() => undefined);
  }
}
