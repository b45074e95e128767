import type { Source } from '../sources/source';
import { keepAnswer, keepFailure, type ReadContext } from './read-source';

export interface FollowContext extends ReadContext {
  /** Has what is new analysed. */
  readonly analyse: (signal: AbortSignal) => Promise<void>;
}

/** A source that can be followed. */
export type FollowedSource = Source & Required<Pick<Source, 'follow'>>;

export const isFollowed = (source: Source): source is FollowedSource => source.follow !== undefined;

/** Follows a source until the signal ends it: each change is kept, and analysed elsewhere. */
export async function followSource(
  source: FollowedSource,
  context: FollowContext,
  signal: AbortSignal,
): Promise<void> {
  const { observer, analyse } = context;
  let start = performance.now();
  const report = (failed: boolean) => {
    observer.read(source.id, (performance.now() - start) / 1000, failed);
    start = performance.now();
  };
  try {
    await source.follow({
      signal,
      onAnswer: async answer => {
        await keepAnswer(source, answer, context);
        if (answer.kind === 'unchanged') return;
        report(false);
        await analyse(signal);
      },
      onFailure: async error => {
        await keepFailure(source, error, context);
        report(true);
      },
    });
  } catch (error) {
    if (signal.aborted) return;
    await keepFailure(source, error, context);
    report(true);
  }
}
