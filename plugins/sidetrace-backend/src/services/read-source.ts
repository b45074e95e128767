import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Source, SourceAnswer } from '../sources/source';
import { ReadingEnded } from '../sources/source-error';
import type { SnapshotStore } from '../store/snapshot-store';

/** Told of each reading, for metrics. */
export interface ReadObserver {
  read(source: string, seconds: number, failed: boolean): void;
}

export interface ReadContext {
  readonly snapshots: SnapshotStore;
  readonly observer: ReadObserver;
  readonly logger: LoggerService;
  readonly now: () => Date;
}

/** Errors of the file system carry the path of the backend's machine: pages get the code and the configured place. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string'
    ? `the source cannot be read (${error.code})`
    : error.message;
}

/** Keeps what a source has found. */
export async function keepAnswer(
  { id }: Source,
  answer: SourceAnswer,
  { snapshots, now }: ReadContext,
): Promise<void> {
  const readAt = now().toISOString();
  if (answer.kind === 'unchanged') {
    await snapshots.confirm(id, readAt);
    return;
  }
  const { readings, revision } = answer;
  await snapshots.save(id, { readings, readAt, ...(revision === undefined ? {} : { revision }) });
}

/** A source that fails keeps its last snapshots, marked with the reason. */
export async function keepFailure(
  { id }: Source,
  error: unknown,
  { snapshots, logger }: ReadContext,
): Promise<void> {
  const reason = reasonOf(error);
  logger.warn(`source ${id}: ${reason}`, error instanceof Error ? error : undefined);
  await snapshots.saveFailure(id, reason);
}

/** Reads a source; the others are not affected when it fails. */
export async function readSource(
  source: Source,
  context: ReadContext,
  signal: AbortSignal,
): Promise<void> {
  const { snapshots, observer } = context;
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  try {
    const revision = await snapshots.revision(source.id);
    const answer = await source.read({ signal, ...(revision === undefined ? {} : { revision }) });
    await keepAnswer(source, answer, context);
    observer.read(source.id, seconds(), false);
  } catch (error) {
    // another run, or another replica, will know more
    if (signal.aborted || error instanceof ReadingEnded) return;
    await keepFailure(source, error, context);
    observer.read(source.id, seconds(), true);
  }
}
