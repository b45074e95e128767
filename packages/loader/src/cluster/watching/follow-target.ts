import { ClusterError } from '../cluster-error';
import { explainFailure } from '../connecting';
import { keep, keyOf, type Reading, refresh, sourceOf, type TargetState } from '../listing';
import { ApiFailure, backoffMs, waitFor } from '../request';
import { isBehind } from './is-behind';
import { openWatch } from './watch-events';

/** What a list tells those who follow it. */
export interface Follower {
  /** Objects changed, or whether they can be read. */
  readonly onChange: () => void;
  /** Why nothing arrives; undefined when it does. */
  readonly onTrouble: (error: ClusterError | undefined) => void;
}

/** The server accepted the watch. */
function opened(state: TargetState, { onChange, onTrouble }: Follower): void {
  onTrouble(undefined);
  if (state.unwatched === undefined) return;
  state.unwatched = undefined;
  onChange();
}

/** Applies changes until the watch ends. */
async function followOnce(
  state: TargetState,
  version: string,
  reading: Reading,
  follower: Follower,
): Promise<void> {
  const { onChange } = follower;
  const events = await openWatch(state.target, version, reading);
  state.resumes = true;
  opened(state, follower);
  for await (const event of events) {
    state.heardAt = performance.now();
    if (event.version !== '') state.version = event.version;
    if (event.kind === 'put' && keep(state, event.object, sourceOf(reading))) onChange();
    if (event.kind === 'remove' && state.objects.delete(keyOf(event.object))) onChange();
  }
}

/** Whether the list has to be read anew: its version is too old or too new, or the connection told nonsense. */
const isLost = ({ kind, status, isOfFuture }: ApiFailure): boolean =>
  status === 410 || isOfFuture || kind === 'malformed' || kind === 'too-long';

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

/** One round: a list when there is none, else a watch. Gives what comes next; throws what failed. */
async function followRound(
  state: TargetState,
  reading: Reading,
  follower: Follower,
): Promise<'on' | 'again' | 'later'> {
  const { version } = state;
  if (version === undefined || state.failure !== undefined) {
    return (await listAnew(state, reading, follower)) ? 'on' : 'later';
  }
  try {
    if (await isBehind(state, version, reading)) {
      state.version = undefined;
      return 'again';
    }
    await followOnce(state, version, reading, follower);
    return state.version === version ? 'again' : 'on';
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    if (isLost(error)) {
      state.version = undefined;
      return 'again';
    }
    if (!mayNotWatch(error)) throw error;
    if (state.unwatched === undefined) follower.onChange();
    state.unwatched = error;
    state.version = undefined;
    return 'later';
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
 * each failure, and lists anew when the version to resume from is too old or too new, as client-go's reflector does
 * (`tools/cache/reflector.go`); unlike it also when the server went back to an earlier state, or is silent.
 */
export async function followTarget(
  state: TargetState,
  reading: Reading,
  follower: Follower,
): Promise<void> {
  const { signal, cluster } = reading;
  let failed = 0;
  while (signal?.aborted !== true) {
    const { version } = state;
    let wait = 0;
    try {
      const next = await followRound(state, reading, follower);
      // a new list alone is no success: its watch may be refused each time
      if (next === 'on' && version !== undefined) failed = 0;
      if (next === 'later') wait = cluster.pace.againMs;
      // what is too old at once, or ends at once, again and again, must not be asked for without a pause
      else if (next === 'again') {
        wait = failed === 0 ? 0 : backoffMs(cluster.pace, failed);
        failed += 1;
      }
    } catch (error) {
      if (signal?.aborted) return;
      const trouble = troubleOf(error, cluster.server);
      // what was cut after changes arrived has not failed before
      failed = state.version === version ? failed + 1 : 1;
      // one cut is everyday: the watch resumes
      if (failed > 1 || error instanceof ClusterError) follower.onTrouble(trouble);
      const asked = error instanceof ApiFailure ? error.retryAfterMs : undefined;
      wait = asked ?? backoffMs(cluster.pace, failed);
    }
    await waitFor(wait, signal).catch(() => undefined);
  }
}
