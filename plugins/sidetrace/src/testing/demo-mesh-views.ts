import type {
  AccessChange,
  BypassPage,
  CellTrace,
  HistoryPage,
  MatrixPage,
  MeshChanges,
  MeshFindings,
  MeshOverview,
  SnapshotComparison,
  SnapshotSummary,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import { type AccessRow, findWorkload, type Mesh, simulate } from '@sidetrace/core';
import { bypassInventory } from '@sidetrace/core/access';
import { outboundModeOf } from '../presenters/what-if/edits';
import { tryEdits } from '../presenters/what-if/try-edits';
import { demoFindings, demoRows, demoSource, demoWorkload, namedWorkload } from './demo-entity';

const page = { offset: 0, limit: 50 };
const sources = [demoSource];
const noChanges = { opened: 0, closed: 0, path: 0, detail: 0, added: 0, removed: 0 };
const columnKey = ({ host, port, protocol }: AccessRow) => `${host}:${port}/${protocol}`;

export function demoMatrix(mesh: Mesh): MatrixPage {
  const rows = mesh.workloads.map(workload => ({ workload, cells: demoRows(mesh, workload) }));
  const columns = new Map(rows.flatMap(({ cells }) => cells.map(row => [columnKey(row), row])));
  const answers = rows.flatMap(({ cells }) => cells);
  return {
    ...page,
    total: rows.length,
    sources,
    columns: [...columns.values()].map(({ host, port, protocol }) => ({ host, port, protocol })),
    columnTotal: columns.size,
    columnOffset: 0,
    answers,
    groups: rows.map(({ workload, cells }) => {
      const named = namedWorkload(workload);
      return {
        id: named.id,
        source: 'demo',
        workloads: { count: 1, list: [named] },
        heading: named.owner ?? '',
        cells: [...columns.keys()].map(key => {
          const cell = cells.find(row => columnKey(row) === key);
          return cell === undefined ? -1 : answers.indexOf(cell);
        }),
      };
    }),
    workloads: rows.length,
    facets: {
      namespaces: [
        { name: 'shop', count: 2 },
        { name: 'batch', count: 1 },
      ],
      owners: [{ name: 'group:default/shop', count: 2 }],
      systems: [{ name: 'system:default/shop', count: 2 }],
    },
  };
}

export function demoCell(mesh: Mesh, query: URLSearchParams): CellTrace {
  const [, namespace = '', kind = '', name = ''] = (query.get('workload') ?? '').split('/');
  const workload = findWorkload(mesh, { kind, namespace, name }) ?? demoWorkload(mesh);
  const [host, port] = [query.get('host') ?? '', Number(query.get('port'))];
  const to = host.replace(/^\*$/, 'unregistered.example');
  const row = demoRows(mesh, workload).find(item => item.host === host && item.port === port);
  return {
    source: demoSource,
    workload: namedWorkload(workload),
    ...(row === undefined ? {} : { row }),
    trace: simulate(mesh, { from: workload.ref, to, port, protocol: 'https' }),
  };
}

export function demoMeshFindings(mesh: Mesh): MeshFindings {
  const findings = demoFindings(mesh);
  return {
    ...page,
    total: findings.length,
    sources,
    findings,
    facets: {
      levels: [],
      checks: findings.map(({ finding }) => ({ name: finding.id, count: 1 })),
      namespaces: [{ name: 'shop', count: findings.length }],
      owners: [{ name: 'group:default/shop', count: findings.length }],
      states: [],
    },
  };
}

export function demoBypasses(mesh: Mesh): BypassPage {
  const bypasses = [...bypassInventory(mesh)].flatMap(({ workload: ref, ...entry }) => {
    const workload = findWorkload(mesh, ref);
    if (workload === undefined) return [];
    const list = [namedWorkload(workload)];
    return [{ ...entry, source: 'demo', workloads: { count: 1, list } }];
  });
  const reasons = [...new Set(bypasses.map(({ reason }) => reason))];
  return {
    ...page,
    total: bypasses.length,
    sources,
    bypasses,
    facets: {
      reasons: reasons.map(name => ({ name, count: 1 })),
      namespaces: [{ name: 'batch', count: 1 }],
      owners: [{ name: 'group:default/data', count: 1 }],
    },
  };
}

function changesOf(mesh: Mesh, mode: string): MeshChanges {
  const outboundMode = outboundModeOf(mode);
  const edits = outboundMode === undefined ? {} : { outboundMode };
  const tried = mesh.workloads.map(workload =>
    tryEdits(mesh, namedWorkload(workload), edits, { rows: demoRows(mesh, workload), asked: [] }),
  );
  const changes: readonly AccessChange[] = tried.flatMap(item => item.changes);
  const counts = { ...noChanges };
  for (const { change } of changes) counts[change] += 1;
  const [first] = demoFindings(mesh);
  return {
    access: {
      counts,
      unchanged: tried.reduce((sum, { unchanged }) => sum + unchanged, 0),
      changes,
      total: changes.length,
      owners: [{ name: 'group:default/shop', count: changes.length }],
    },
    findings: {
      added: first === undefined ? [] : [first],
      addedCount: 1,
      removed: [],
      removedCount: 0,
      unchanged: 4,
    },
  };
}

/** What-if on the demo mesh: the mode is what can be tried. */
export const demoWhatIf = (mesh: Mesh, mode: string) => ({
  sources,
  changes: changesOf(mesh, mode),
  issues: [],
});

const snapshots: readonly SnapshotSummary[] = [
  {
    id: 'demo-2',
    source: 'demo',
    digest: 'f3a1c0ffee42',
    seenAt: '2026-11-24T09:00:00Z',
    current: true,
    counts: {
      workloads: 3,
      access: { allowed: 4, passthrough: 0, bypass: 5, blocked: 6, mixed: 0, undetermined: 0 },
      findings: { error: 2, warning: 2, info: 1 },
    },
    changes: { access: { ...noChanges, opened: 2 }, findingsAdded: 1, findingsRemoved: 0 },
  },
  {
    id: 'demo-1',
    source: 'demo',
    digest: '0ddba11c0de5',
    seenAt: '2026-11-20T16:30:00Z',
    current: false,
  },
];

export const demoHistory = (): HistoryPage => ({
  ...page,
  total: snapshots.length,
  sources,
  snapshots,
});

export function demoComparison(mesh: Mesh): SnapshotComparison {
  const [after, before] = snapshots;
  if (before === undefined || after === undefined) throw new Error('two snapshots are needed');
  return { before, after, changes: changesOf(mesh, 'ALLOW_ANY') };
}

export function demoOverview(mesh: Mesh): MeshOverview {
  const rows = mesh.workloads.flatMap(workload => demoRows(mesh, workload));
  const count = (verdict: AccessRow['verdict']) =>
    rows.filter(row => row.verdict === verdict).length;
  const list = [namedWorkload(demoWorkload(mesh))];
  return {
    sources,
    workloads: mesh.workloads.length,
    bySidecar: [
      { name: 'namespace-enabled', count: 2 },
      { name: 'namespace-not-enabled', count: 1 },
    ],
    byOutboundMode: [
      { name: 'REGISTRY_ONLY', count: 2 },
      { name: 'none', count: 1 },
    ],
    byIstioVersion: [{ name: '1.30', count: 3 }],
    access: {
      allowed: count('allowed'),
      passthrough: count('passthrough'),
      bypass: count('bypass'),
      blocked: count('blocked'),
      mixed: count('mixed'),
      undetermined: count('undetermined'),
    },
    findings: { error: 2, warning: 2, info: 1 },
    waivedFindings: 1,
    bypassing: 1,
    incomplete: [{ name: 'the pods have addresses that were chosen', count: 3 }],
    opened: [
      {
        source: 'demo',
        snapshot: 'demo-2',
        seenAt: '2026-11-24T09:00:00Z',
        host: 'rates.example',
        port: 80,
        workloads: { count: 1, list },
      },
    ],
    recentChanges: { ...noChanges, opened: 2 },
  };
}
