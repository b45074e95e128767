import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { analysisId } from '../analysis/analyse-mesh';
import type { Declared } from '../analysis/declared';
import type { CatalogBindings } from '../catalog/bindings';
import { bindWorkloads, declaredOf, workloadLookup } from '../catalog/bound-workloads';
import type { Retention } from '../config/sidetrace-config';
import type { Source } from '../sources/source';
import type { AnalysisStore, ReadingChanges } from '../store/analysis-store';
import { forgetOld } from '../store/forget-old';
import type { HistoryStore } from '../store/history-store';
import type { SnapshotStore, StoredSource } from '../store/snapshot-store';
import type { MeshWorkers } from '../worker/mesh-workers';
import type { Analyses, LoadedAnalysis } from './analyses';
import { compareSlowly, readingChanges } from './reading-changes';

/** Told of what a refresh did, for metrics and notifications. */
export interface RefreshObserver {
  read(source: string, seconds: number, failed: boolean): void;
  analysed(source: string, seconds: number): void;
  /** A snapshot differs from the one before. */
  changed(change: {
    readonly source: StoredSource;
    readonly before: LoadedAnalysis;
    readonly after: LoadedAnalysis;
    readonly changes: ReadingChanges;
  }): Promise<void>;
}

export interface RefreshContext {
  readonly knex: Knex;
  readonly sources: readonly Source[];
  readonly snapshots: SnapshotStore;
  readonly store: AnalysisStore;
  readonly history: HistoryStore;
  readonly analyses: Analyses;
  readonly bindings: CatalogBindings;
  readonly workers: MeshWorkers;
  readonly retention: Retention;
  readonly observer: RefreshObserver;
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

const secondsSince = (start: number) => (performance.now() - start) / 1000;

/** Reads a source. One that fails keeps its last snapshots, marked with the reason; the others are not affected. */
async function readSource(source: Source, context: RefreshContext): Promise<void> {
  const { snapshots, observer, logger, now } = context;
  const start = performance.now();
  try {
    const readings = await source.read();
    await snapshots.save(source.id, readings, now().toISOString());
    observer.read(source.id, secondsSince(start), false);
  } catch (error) {
    const reason = reasonOf(error);
    logger.warn(`source ${source.id}: ${reason}`, error instanceof Error ? error : undefined);
    await snapshots.saveFailure(source.id, reason);
    observer.read(source.id, secondsSince(start), true);
  }
}

async function declaredFor(
  source: StoredSource,
  digest: string,
  context: RefreshContext,
): Promise<Declared> {
  const { analyses, bindings, workers } = context;
  const before =
    source.answerDigest === digest && source.analysis !== undefined
      ? await analyses.find(source.analysis)
      : undefined;
  const workloads = before?.index.workloads ?? (await workers.run('workloads', digest, {}));
  const bound = bindWorkloads(await bindings.all(), workloadLookup(workloads), source.cluster);
  return declaredOf(bound);
}

async function saveChanges(
  source: StoredSource,
  digest: string,
  id: string,
  context: RefreshContext,
): Promise<void> {
  const { analyses, history, store, observer } = context;
  const after = await analyses.find(id);
  if (after === undefined) throw new Error(`analysis ${id} was not kept`);
  const record = { id, source: source.id, snapshot: digest };
  const earlier = await history.before(source.id, digest);
  const before =
    earlier?.analysis === undefined ? undefined : await analyses.find(earlier.analysis);
  if (before === undefined) {
    await store.answerWith(record);
    return;
  }
  const { changes } = await compareSlowly(
    await analyses.table(before),
    await analyses.table(after),
  );
  const difference = readingChanges(changes, before.index, after.index);
  await store.answerWith({ ...record, changes: difference });
  if (source.answerDigest !== digest) {
    await observer.changed({ source, before, after, changes: difference });
  }
}

/** Makes the analysis of a source's snapshot, unless it is there; the same one for the same snapshot and declared hosts. */
async function analyseSource(source: StoredSource, context: RefreshContext): Promise<void> {
  const { digest } = source;
  if (digest === undefined) return;
  const { workers, store, observer, logger, now } = context;
  const declared = await declaredFor(source, digest, context);
  const id = analysisId(digest, declared);
  if (source.analysis === id && source.answerDigest === digest) return;
  if (!(await store.has(id))) {
    const start = performance.now();
    logger.info(`source ${source.id}: snapshot ${digest.slice(0, 12)} is analysed`);
    const packed = await workers.run('analyse', digest, { declared });
    await store.keep({ id, snapshot: digest, ...packed, createdAt: now().toISOString() });
    observer.analysed(source.id, secondsSince(start));
    logger.info(`source ${source.id}: analysed in ${secondsSince(start).toFixed(1)} s`);
  }
  await saveChanges(source, digest, id, context);
}

/** Reads every source and analyses what is new. Whatever an earlier run has not finished is done now. */
export async function refreshSources(context: RefreshContext): Promise<void> {
  const { sources, snapshots, logger, retention, knex, now } = context;
  for (const source of sources) await readSource(source, context);
  for (const source of await snapshots.sources(sources.map(({ id }) => id))) {
    try {
      await analyseSource(source, context);
    } catch (error) {
      logger.error(
        `source ${source.id}: the analysis failed`,
        error instanceof Error ? error : new Error(String(error)),
      );
    }
  }
  await forgetOld(knex, retention, now());
}
