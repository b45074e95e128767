import { ClusterError } from '../cluster-error';
import { explainFailure } from '../connecting';
import { discoverKinds, type ServedKind } from '../kinds';
import { ApiFailure } from '../request';
import { configMapTargets } from './config-maps';
import { inParallel } from './in-parallel';
import { listPages } from './list-pages';
import { type ListTarget, targetsOf } from './list-target';
import type { Reading } from './reading';
import { keepAll, newState, type TargetState } from './target-state';

/** Lists that are read at once. */
const listsAtOnce = 6;

/** What of a cluster is read. */
export interface Selection {
  readonly namespaces: readonly string[] | undefined;
  readonly rootNamespace: string | undefined;
}

/** Name of the cluster in the source of its objects. */
export const sourceOf = ({ cluster }: Reading): string => `cluster:${cluster.name}`;

/**
 * Reads a list into its state; says whether that changed anything. What concerns the whole cluster is thrown, the rest
 * is the state's failure.
 */
export async function refresh(state: TargetState, reading: Reading): Promise<boolean> {
  const failed = state.failure;
  try {
    const { items, version } = await listPages(state.target, reading);
    const changed = keepAll(state, items, sourceOf(reading));
    state.version = version;
    state.resumes = false;
    state.heardAt = performance.now();
    state.failure = undefined;
    return changed || failed !== undefined;
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    const whole = explainFailure(error, reading.cluster.server);
    if (whole !== undefined) throw whole;
    state.failure = error;
    return failed?.message !== error.message;
  }
}

async function readTargets(
  targets: readonly ListTarget[],
  reading: Reading,
): Promise<readonly TargetState[]> {
  const states = targets.map(newState);
  await inParallel(states, listsAtOnce, reading.signal, async (state, signal) => {
    await refresh(state, { ...reading, signal });
  });
  return states;
}

async function served(reading: Reading): Promise<readonly ServedKind[]> {
  const { connection, pace, server } = reading.cluster;
  try {
    return await discoverKinds(connection, { pace, signal: reading.signal });
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    throw (
      explainFailure(error, server) ??
      new ClusterError(
        'api',
        `${server} does not say which kinds it has: ${error.message}`,
        'check that the address is a Kubernetes API server, and try again',
      )
    );
  }
}

/** The lists of the ConfigMaps that what was read so far asks for. */
export function wantedConfigMaps(
  kinds: readonly ServedKind[],
  states: readonly TargetState[],
  { rootNamespace }: Selection,
): readonly ListTarget[] {
  return kinds
    .filter(({ kind }) => kind.byName === true)
    .flatMap(kind => configMapTargets(kind, states, rootNamespace));
}

/** Every list of a cluster that answers depend on. */
export interface ReadStates {
  readonly kinds: readonly ServedKind[];
  readonly states: readonly TargetState[];
}

/** Reads every list once: first the kinds, then the ConfigMaps that they ask for. */
export async function readStates(reading: Reading, selection: Selection): Promise<ReadStates> {
  const kinds = await served(reading);
  const targets = kinds
    .filter(({ kind }) => kind.byName !== true)
    .flatMap(kind => targetsOf(kind, selection.namespaces));
  const states = await readTargets(targets, reading);
  const maps = await readTargets(wantedConfigMaps(kinds, states, selection), reading);
  return { kinds, states: [...states, ...maps] };
}
