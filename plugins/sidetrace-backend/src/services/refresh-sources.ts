import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Source } from '../sources/source';
import type { SnapshotStore } from '../store/snapshot-store';

export interface RefreshContext {
  readonly sources: readonly Source[];
  readonly store: SnapshotStore;
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

/** Reads every source. One that fails keeps its last snapshots, marked with the reason; the others are not affected. */
export async function refreshSources(context: RefreshContext): Promise<void> {
  const { sources, store, logger, now } = context;
  for (const source of sources) {
    try {
      const readings = await source.read();
      await store.save(source.id, readings, now().toISOString());
    } catch (error) {
      const reason = reasonOf(error);
      logger.warn(`source ${source.id}: ${reason}`, error instanceof Error ? error : undefined);
      await store.saveFailure(source.id, reason);
    }
  }
}
