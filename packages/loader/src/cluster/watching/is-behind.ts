import { presentVersion, type Reading, type TargetState } from '../listing';
import { ApiFailure } from '../request';

const decimal = /^\d{1,40}$/;

/**
 * Whether a version is of an earlier state than another: versions are decimal numbers (API concepts, "Resource
 * versions"). What is no number cannot be compared.
 */
export const isEarlier = (version: string, other: string): boolean =>
  decimal.test(version) && decimal.test(other) && BigInt(version) < BigInt(other);

/** Whether the server's state is earlier than a version, or cannot be told so that a list has to say why. */
async function wentBack(
  { target }: TargetState,
  version: string,
  reading: Reading,
): Promise<boolean> {
  try {
    return isEarlier(await presentVersion(target, reading), version);
  } catch (error) {
    if (error instanceof ApiFailure && !error.isPassing) return true;
    throw error;
  }
}

/**
 * Whether a watch must not be resumed from a version. A server that was put back to an earlier state (a restored backup
 * of etcd) accepts a watch from what is the future to it, and tells nothing until it has come so far, whatever changes
 * meanwhile (apiserver `cacheWatcher.process`); so its present version is asked for first. A list of which nothing was
 * heard for long is read anew in any case: the server may have gone back and have come further since.
 */
export async function isBehind(
  state: TargetState,
  version: string,
  reading: Reading,
): Promise<boolean> {
  if (!state.resumes) return false;
  if (performance.now() - state.heardAt >= reading.cluster.pace.silentMs) return true;
  return wentBack(state, version, reading);
}
