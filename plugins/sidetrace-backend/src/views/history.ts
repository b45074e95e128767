import { InputError, NotFoundError } from '@backstage/errors';
import type {
  CompareRequest,
  HistoryPage,
  HistoryRequest,
  SnapshotComparison,
  SnapshotSummary,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import type { AnsweringMesh } from '../services/analyses';
import { compareSlowly, findingDifference } from '../services/reading-changes';
import type { HistoryStore, StoredReading } from '../store/history-store';
import { meshFinding } from './findings';
import { judgeFindings } from './judged-findings';
import { type MeshDifference, meshChanges } from './mesh-changes';
import { sourceState } from './source-state';
import type { ViewContext } from './view-context';

function summaryOf(reading: StoredReading, { meshes }: ViewContext): SnapshotSummary {
  const { id, source, digest, seenAt, counts, changes } = reading;
  const current = meshes.find(mesh => mesh.source.id === source)?.source;
  return {
    id: String(id),
    source,
    digest,
    seenAt,
    current: current?.digest === digest,
    ...(counts === undefined ? {} : { counts }),
    ...(changes === undefined ? {} : { changes }),
  };
}

/** A page of the snapshots of the sources, newest first. */
export async function historyView(
  context: ViewContext,
  history: HistoryStore,
  { source, offset = 0, limit = 50 }: HistoryRequest,
): Promise<HistoryPage> {
  const ids = context.meshes
    .map(mesh => mesh.source.id)
    .filter(id => source === undefined || id === source);
  const { total, readings } = await history.page(ids, { offset, limit });
  return {
    sources: context.meshes.map(mesh => sourceState(mesh)),
    snapshots: readings.map(reading => summaryOf(reading, context)),
    offset,
    limit,
    total,
  };
}

interface Snapshot {
  readonly reading: StoredReading;
  readonly mesh: AnsweringMesh;
}

async function snapshotOf(
  id: string,
  context: ViewContext,
  history: HistoryStore,
): Promise<Snapshot> {
  const reading = await history.reading(Number(id));
  const source = context.meshes.find(mesh => mesh.source.id === reading?.source)?.source;
  if (reading === undefined || source === undefined) {
    throw new NotFoundError(`there is no snapshot \`${id}\`; it may be older than what is kept`);
  }
  const loaded =
    reading.analysis === undefined ? undefined : await context.analyses.find(reading.analysis);
  if (loaded === undefined) throw new NotFoundError(`snapshot \`${id}\` is still being analysed`);
  return { reading, mesh: { source, loaded } };
}

/** Two snapshots and all that differs between them. */
export async function compareSnapshots(
  context: ViewContext,
  history: HistoryStore,
  request: CompareRequest,
): Promise<{
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly difference: MeshDifference;
}> {
  const before = await snapshotOf(request.before, context, history);
  const after = await snapshotOf(request.after, context, history);
  if (before.reading.source !== after.reading.source) {
    throw new InputError('the snapshots are of different sources; choose two of the same');
  }
  const { changes, unchanged } = await compareSlowly(
    await context.analyses.table(before.mesh.loaded),
    await context.analyses.table(after.mesh.loaded),
  );
  const findings = findingDifference(before.mesh.loaded.index, after.mesh.loaded.index);
  const full = (mesh: AnsweringMesh, list: typeof findings.added) =>
    Promise.all(judgeFindings(mesh, list, context).map(item => meshFinding(item, context)));
  return {
    before,
    after,
    difference: {
      mesh: after.mesh,
      changes,
      unchanged,
      findingsAdded: await full(after.mesh, findings.added),
      findingsRemoved: await full(before.mesh, findings.removed),
      findingsUnchanged: findings.unchanged,
    },
  };
}

export async function comparisonView(
  context: ViewContext,
  history: HistoryStore,
  request: CompareRequest,
): Promise<SnapshotComparison> {
  const { before, after, difference } = await compareSnapshots(context, history, request);
  return {
    before: summaryOf(before.reading, context),
    after: summaryOf(after.reading, context),
    changes: meshChanges([difference], context),
  };
}
