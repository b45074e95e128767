import type {
  AccessMatrix,
  MatrixCell,
  MatrixColumn,
  MatrixRow,
  MeshFindings,
  MeshOverview,
  NamedCount,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import { type AccessRow, type Finding, workloadStatusOf } from '@sidetrace/core';
import { countAccess, countFindings } from './access-counts';
import { workloadId } from './entity-views';
import type { SourceMesh } from './loaded-mesh';
import { analysisOf, type Declared, type MeshAnalysis } from './mesh-analysis';
import { sourceState } from './source-state';

export interface MeshViewInput {
  readonly meshes: readonly SourceMesh[];
  readonly declared: Declared;
}

function counted(names: Iterable<string>): readonly NamedCount[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

const analyses = ({ meshes, declared }: MeshViewInput): readonly MeshAnalysis[] =>
  meshes.flatMap(({ loaded }) => (loaded === undefined ? [] : [analysisOf(loaded, declared)]));

/** Numbers of all meshes, how old they are and what they lack. */
export function meshOverview(input: MeshViewInput): MeshOverview {
  const loaded = input.meshes.flatMap(({ loaded: mesh }) =>
    mesh === undefined ? [] : [mesh.mesh],
  );
  const statuses = loaded.flatMap(mesh =>
    mesh.workloads.map(workload => workloadStatusOf(mesh, workload)),
  );
  const all = analyses(input);
  const { declaredBlocked: _, ...access } = countAccess(all.flatMap(({ access: rows }) => rows));
  return {
    sources: input.meshes.map(sourceState),
    workloads: statuses.length,
    bySidecar: counted(statuses.map(({ sidecar }) => sidecar.reason)),
    byOutboundMode: counted(statuses.map(({ outbound }) => outbound?.mode ?? 'none')),
    byIstioVersion: counted(loaded.map(({ istioVersion }) => istioVersion)),
    access,
    waivedFindings: 0,
    bypassing: 0,
    opened: [],
    recentChanges: { opened: 0, closed: 0, path: 0, detail: 0, added: 0, removed: 0 },
    findings: countFindings(all.flatMap(({ findings }) => findings)),
    incomplete: counted(loaded.flatMap(mesh => mesh.assumptions.map(({ message }) => message))),
  };
}

const columnKey = ({ host, port, protocol }: MatrixColumn) => `${host}\n${port}\n${protocol}`;

const compareColumns = (a: MatrixColumn, b: MatrixColumn) =>
  a.host === b.host ? a.port - b.port : a.host < b.host ? -1 : 1;

function columnsOf(rows: readonly AccessRow[]): readonly MatrixColumn[] {
  const columns = new Map<string, MatrixColumn>();
  for (const { host, port, protocol } of rows) {
    const column = { host, port, protocol };
    columns.set(columnKey(column), column);
  }
  return [...columns.values()].sort(compareColumns);
}

interface JudgedRow {
  readonly source: string;
  readonly row: AccessRow;
}

function judgedRows({ meshes, declared }: MeshViewInput): readonly JudgedRow[] {
  return meshes.flatMap(({ source, loaded }) =>
    loaded === undefined
      ? []
      : analysisOf(loaded, declared).access.map(row => ({ source: source.id, row })),
  );
}

/** Workloads by external hosts. */
export function accessMatrix(input: MeshViewInput): AccessMatrix {
  const judged = judgedRows(input);
  const columns = columnsOf(judged.map(({ row }) => row));
  const columnIndex = new Map(columns.map((column, index) => [columnKey(column), index] as const));
  const rows: MatrixRow[] = [];
  const rowIndex = new Map<string, number>();
  const cells: MatrixCell[] = [];
  for (const { source, row } of judged) {
    const id = workloadId(source, row.workload);
    const known = rowIndex.get(id);
    const at = known ?? rows.push({ id, source, workload: row.workload }) - 1;
    if (known === undefined) rowIndex.set(id, at);
    const { verdict, symptom } = row;
    cells.push({ row: at, column: columnIndex.get(columnKey(row)) ?? 0, verdict, symptom });
  }
  return { sources: input.meshes.map(sourceState), rows, columns, cells };
}

/** Findings of all meshes, each with its source. */
export function meshFindings(input: MeshViewInput): MeshFindings {
  const { meshes, declared } = input;
  const findings = meshes.flatMap(({ source, loaded }) =>
    loaded === undefined
      ? []
      : analysisOf(loaded, declared).findings.map(finding => ({
          source: source.id,
          finding,
          state: 'open' as const,
          owners: [],
        })),
  );
  const by = (nameOf: (finding: Finding) => string) =>
    counted(findings.map(({ finding }) => nameOf(finding)));
  return {
    sources: meshes.map(sourceState),
    findings,
    offset: 0,
    limit: findings.length,
    total: findings.length,
    facets: {
      levels: by(({ level }) => level),
      checks: by(({ id }) => id),
      namespaces: by(({ object }) => object.namespace ?? ''),
      owners: [],
      states: by(() => 'open'),
    },
  };
}
