import {
  type CellAnswer,
  columnLimit,
  type MatrixColumn,
  type MatrixFilter,
  type MatrixGroup,
  type MatrixPage,
  type MatrixRequest,
  type NamedWorkload,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import type { WorkloadRef } from '@sidetrace/core';
import { verdicts } from '@sidetrace/core/access';
import { columnKey } from '../analysis/access-table';
import { counted } from '../analysis/counted';
import { type AnsweringMesh, answering, type LoadedAnalysis } from '../services/analyses';
import { sourceState } from './source-state';
import { contains, pageOf, refsOf, type ViewContext } from './view-context';

/** Workloads of a class that a filter lets through, and the rows of the table that hold for them. */
export interface FilteredGroup {
  readonly mesh: AnsweringMesh;
  readonly refs: readonly WorkloadRef[];
  readonly heading?: string;
  /** Positions of rows by column. */
  readonly rows: ReadonlyMap<string, number>;
}

const rowsByGroup = new WeakMap<object, ReadonlyMap<number, readonly number[]>>();

function rowsOfGroups({ loaded }: AnsweringMesh): ReadonlyMap<number, readonly number[]> {
  const before = rowsByGroup.get(loaded);
  if (before !== undefined) return before;
  const made = new Map<number, number[]>();
  loaded.index.access.rows.forEach(([, group], at) => {
    const list = made.get(group);
    if (list === undefined) made.set(group, [at]);
    else list.push(at);
  });
  rowsByGroup.set(loaded, made);
  return made;
}

function keepsWorkload(workload: NamedWorkload, filter: MatrixFilter): boolean {
  const { namespace, owner, system } = filter;
  const { ref } = workload;
  return (
    (namespace === undefined || ref.namespace === namespace) &&
    (owner === undefined || workload.owner === owner) &&
    (system === undefined || workload.system === system) &&
    contains(`${ref.namespace}/${ref.name}`, filter.workload)
  );
}

/** Whether workloads of one class may go different ways. */
const looksAtWorkloads = ({ by, namespace, owner, system, workload }: MatrixRequest) =>
  [by, namespace, owner, system, workload].some(item => item !== undefined);

function headingOf(workload: NamedWorkload, by: MatrixRequest['by']): string | undefined {
  if (by === undefined) return undefined;
  return by === 'namespace' ? workload.ref.namespace : workload[by];
}

/** Rows of the table that a class has, by column, as far as the filter lets columns through. */
function rowsOfClass(mesh: AnsweringMesh, groups: readonly number[], filter: MatrixFilter) {
  const { rows, columns } = mesh.loaded.index.access;
  const found = new Map<string, number>();
  for (const group of groups) {
    for (const at of rowsOfGroups(mesh).get(group) ?? []) {
      const column = columns[rows[at]?.[0] ?? -1];
      if (column !== undefined && contains(column.host, filter.host)) {
        found.set(columnKey(column), at);
      }
    }
  }
  return found;
}

function hasVerdict({ mesh, rows }: Pick<FilteredGroup, 'mesh' | 'rows'>, filter: MatrixFilter) {
  if (filter.verdict === undefined) return rows.size > 0;
  const wanted = verdicts.indexOf(filter.verdict);
  return [...rows.values()].some(at => mesh.loaded.index.access.rows[at]?.[2] === wanted);
}

function groupsOf(
  mesh: AnsweringMesh,
  context: ViewContext,
  request: MatrixRequest,
): readonly FilteredGroup[] {
  return mesh.loaded.classes.flatMap(({ members, groups }) => {
    const rows = rowsOfClass(mesh, groups, request);
    if (!hasVerdict({ mesh, rows }, request)) return [];
    if (!looksAtWorkloads(request)) return [{ mesh, refs: refsOf(mesh, members), rows }];
    const byHeading = new Map<string | undefined, WorkloadRef[]>();
    for (const ref of refsOf(mesh, members)) {
      const workload = context.names.of(mesh, ref);
      if (!keepsWorkload(workload, request)) continue;
      const heading = headingOf(workload, request.by);
      byHeading.set(heading, [...(byHeading.get(heading) ?? []), ref]);
    }
    return [...byHeading].map(([heading, refs]) => ({
      mesh,
      refs,
      rows,
      ...(heading === undefined ? {} : { heading }),
    }));
  });
}

/** The rows that a filter leaves, by heading. */
export function filterMatrix(
  context: ViewContext,
  request: MatrixRequest,
): readonly FilteredGroup[] {
  const groups = answering(context.meshes)
    .filter(({ source }) => request.source === undefined || source.id === request.source)
    .flatMap(mesh => groupsOf(mesh, context, request));
  // what has no heading comes last
  const key = ({ heading }: FilteredGroup) => heading ?? '\uffff';
  return request.by === undefined
    ? groups
    : [...groups].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

const compareColumns = (a: MatrixColumn, b: MatrixColumn) =>
  a.host === b.host ? a.port - b.port : a.host < b.host ? -1 : 1;

/** Columns in which at least one row has an answer, of the wanted verdict if there is one. */
export function columnsOf(
  groups: readonly FilteredGroup[],
  { verdict }: MatrixFilter,
): readonly MatrixColumn[] {
  const wanted = verdict === undefined ? undefined : verdicts.indexOf(verdict);
  const columns = new Map<string, MatrixColumn>();
  for (const { mesh, rows } of groups) {
    const { access } = mesh.loaded.index;
    for (const [key, at] of rows) {
      if (columns.has(key)) continue;
      const [column = -1, , found] = access.rows[at] ?? [];
      const named = access.columns[column];
      if (named !== undefined && (wanted === undefined || wanted === found))
        columns.set(key, named);
    }
  }
  return [...columns.values()].sort(compareColumns);
}

/** Distinct answers of a page, numbered as they come. */
class AnswerList {
  readonly list: CellAnswer[] = [];
  readonly #positions = new Map<CellAnswer, number>();

  numberOf(answer: CellAnswer | undefined): number {
    if (answer === undefined) return -1;
    const known = this.#positions.get(answer);
    if (known !== undefined) return known;
    const at = this.list.push(answer) - 1;
    this.#positions.set(answer, at);
    return at;
  }
}

async function groupRows(
  groups: readonly FilteredGroup[],
  columns: readonly MatrixColumn[],
  context: ViewContext,
): Promise<Pick<MatrixPage, 'groups' | 'answers'>> {
  const answers = new AnswerList();
  const rows: MatrixGroup[] = [];
  for (const { mesh, refs, heading, rows: own } of groups) {
    const all = await context.analyses.answers(mesh.loaded);
    const cells = columns.map(column => {
      const at = own.get(columnKey(column));
      return answers.numberOf(at === undefined ? undefined : all[at]);
    });
    const workloads = context.names.affected(mesh, refs);
    rows.push({
      id: `${workloads.list[0]?.id ?? mesh.source.id}+${refs.length}`,
      source: mesh.source.id,
      workloads,
      ...(heading === undefined ? {} : { heading }),
      cells,
    });
  }
  return { groups: rows, answers: answers.list };
}

const namespaces = new WeakMap<LoadedAnalysis, readonly string[]>();

function namespacesOf({ loaded }: AnsweringMesh): readonly string[] {
  const before = namespaces.get(loaded);
  if (before !== undefined) return before;
  const made = loaded.index.workloads.map(({ ref }) => ref.namespace);
  namespaces.set(loaded, made);
  return made;
}

function facetsOf(context: ViewContext): MatrixPage['facets'] {
  const meshes = answering(context.meshes);
  const bound = meshes.flatMap(mesh => context.names.bound(mesh));
  return {
    namespaces: counted(meshes.flatMap(namespacesOf)),
    owners: counted(bound.flatMap(({ owner }) => owner ?? [])),
    systems: counted(bound.flatMap(({ system }) => system ?? [])),
  };
}

/** A page of the access matrix. */
export async function matrixView(
  context: ViewContext,
  request: MatrixRequest,
): Promise<MatrixPage> {
  const groups = filterMatrix(context, request);
  const columns = columnsOf(groups, request);
  const { columnOffset = 0, columnLimit: most = columnLimit } = request;
  const shown = columns.slice(columnOffset, columnOffset + most);
  const { items, info } = pageOf(groups, request);
  return {
    sources: context.meshes.map(mesh => sourceState(mesh)),
    columns: shown,
    columnTotal: columns.length,
    columnOffset,
    ...(await groupRows(items, shown, context)),
    ...info,
    workloads: groups.reduce((sum, { refs }) => sum + refs.length, 0),
    facets: facetsOf(context),
  };
}
