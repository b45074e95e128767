import type {
  MeshOverview,
  NamedCount,
  OpenedHost,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import { counted, named } from '../analysis/counted';
import { answering } from '../services/analyses';
import type { HistoryStore } from '../store/history-store';
import { filterBypasses } from './bypasses';
import { judgedFindings } from './judged-findings';
import { sourceState } from './source-state';
import type { ViewContext } from './view-context';

const weekMs = 7 * 24 * 3600 * 1000;
const openedLimit = 50;

function added(lists: readonly (readonly NamedCount[])[]): readonly NamedCount[] {
  const counts = new Map<string, number>();
  for (const { name, count } of lists.flat()) counts.set(name, (counts.get(name) ?? 0) + count);
  return named(counts);
}

function addNumbers<K extends string>(
  zero: Readonly<Record<K, number>>,
  items: readonly Readonly<Record<K, number>>[],
): Readonly<Record<K, number>> {
  const sum: Record<K, number> = { ...zero };
  for (const item of items) {
    for (const key in zero) sum[key] += item[key];
  }
  return sum;
}

async function recent(context: ViewContext, history: HistoryStore) {
  const meshes = answering(context.meshes);
  const ids = meshes.map(({ source }) => source.id);
  const since = new Date(context.now.getTime() - weekMs).toISOString();
  const records = await history.openedSince(ids, since);
  const opened: readonly OpenedHost[] = records.flatMap(({ reading, opened: hosts }) => {
    const mesh = meshes.find(({ source }) => source.id === reading.source);
    if (mesh === undefined) return [];
    return hosts.map(({ host, port, workloads }) => ({
      source: reading.source,
      snapshot: String(reading.id),
      seenAt: reading.seenAt,
      host,
      port,
      workloads: context.names.affected(mesh, workloads),
    }));
  });
  const none = { opened: 0, closed: 0, path: 0, detail: 0, added: 0, removed: 0 };
  const counts = records.flatMap(({ reading }) => reading.changes?.access ?? []);
  return { opened: opened.slice(0, openedLimit), recentChanges: addNumbers(none, counts) };
}

/** Numbers of all meshes, how old they are, what they lack and what happened lately. */
export async function overviewView(
  context: ViewContext,
  history: HistoryStore,
): Promise<MeshOverview> {
  const indexes = answering(context.meshes).map(({ loaded }) => loaded.index);
  const findings = judgedFindings(context);
  const standing = findings.filter(({ state }) => state !== 'waived');
  const ofLevel = (level: string) =>
    standing.filter(({ indexed }) => indexed.level === level).length;
  const whole = filterBypasses(context, {}).filter(({ bypass }) => bypass.covers === 'every call');
  return {
    sources: context.meshes.map(mesh => sourceState(mesh, { withIssues: true })),
    workloads: indexes.reduce((sum, { workloads }) => sum + workloads.length, 0),
    bySidecar: added(indexes.map(({ bySidecar }) => bySidecar)),
    byOutboundMode: added(indexes.map(({ byOutboundMode }) => byOutboundMode)),
    byIstioVersion: counted(indexes.map(({ istioVersion }) => istioVersion)),
    access: addNumbers(
      { allowed: 0, passthrough: 0, bypass: 0, blocked: 0, mixed: 0, undetermined: 0 },
      indexes.map(({ access }) => access.counts),
    ),
    findings: {
      error: ofLevel('error'),
      warning: ofLevel('warning'),
      info: ofLevel('info'),
    },
    waivedFindings: findings.length - standing.length,
    bypassing: whole.reduce((sum, { refs }) => sum + refs.length, 0),
    incomplete: counted(
      indexes.flatMap(({ assumptions }) => assumptions.map(({ message }) => message)),
    ),
    ...(await recent(context, history)),
  };
}
