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
import type { StoredSource } from '../store/snapshot-store';
import type { MeshWorkers } from '../worker/mesh-workers';
import type { Analyses, LoadedAnalysis } from './analyses';
import { type ReadContext, type ReadObserver, readSource } from './read-source';
import { compareSlowly, readingChanges } from './reading-changes';

/** Told of what a refresh did, for metrics and notifications. */
export interface RefreshObserver extends ReadObserver {
  analysed(source: string, seconds: number): void;
  /** A snapshot differs from the one before. */
  changed(change: {
    readonly source: StoredSource;
    readonly before: LoadedAnalysis;
    readonly after: LoadedAnalysis;
    readonly changes: ReadingChanges;
  }): Promise<void>;
}

export interface RefreshContext extends ReadContext {
  readonly knex: Knex;
  readonly sources: readonly Source[];
  readonly store: AnalysisStore;
  readonly history: HistoryStore;
  readonly analyses: Analyses;
  readonly bindings: CatalogBindings;
  readonly workers: MeshWorkers;
  readonly retention: Retention;
  readonly observer: RefreshObserver;
}

const secondsSince = (start: number) => (performance.now() - start) / 1000;

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

/** Analyses what is new of a source; a failure is logged, and tried again with the next refresh. */
async function analyseMeshes(configId: string, context: RefreshContext): Promise<void> {
  for (const source of await context.snapshots.sources([configId])) {
    try {
      await analyseSource(source, context);
    } catch (error) {
      context.logger.error(
        `source ${source.id}: the analysis failed`,
        error instanceof Error ? error : new Error(String(error)),
      );
    }
  }
}

/**
 * Reads every source that is not followed and analyses what is new of all. Whatever an earlier run has not finished is
 * done now. A source that is slow holds up no other one.
 */
export async function refreshSources(context: RefreshContext, signal: AbortSignal): Promise<void> {
  const { sources, retention, knex, now } = context;
  await Promise.all(
    sources.map(async source => {
      if (source.follow === undefined) await readSource(source, context, signal);
      await analyseMeshes(source.id, context);
    }),
  );
  await forgetOld(knex, retention, now());
}
