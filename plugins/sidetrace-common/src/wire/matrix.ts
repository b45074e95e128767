import type { AccessRow, Trace, Verdict } from '@sidetrace/core';
import type { CellAnswer } from './changes';
import type { AffectedWorkloads, NamedWorkload } from './named-workload';
import type { NamedCount, PageInfo, PageRequest } from './page';
import type { SourceState } from './source-state';

/** A host and port that some workload was judged against. */
export interface MatrixColumn {
  /** Exact host, `*.suffix`, or `*` for everything unregistered. */
  readonly host: string;
  readonly port: number;
  readonly protocol: AccessRow['protocol'];
}

/** Workloads with equal answers; with `by` only those of one owner, system or namespace. */
export interface MatrixGroup {
  readonly id: string;
  readonly source: string;
  readonly workloads: AffectedWorkloads;
  /** Owner, system or namespace by which rows are grouped; absent when the catalog names none. */
  readonly heading?: string;
  /** One number for each column of the answer: index into `answers`, or -1 where nothing was judged. */
  readonly cells: readonly number[];
}

export interface MatrixFilter {
  readonly source?: string;
  readonly namespace?: string;
  /** Owner of a workload, as an entity reference. */
  readonly owner?: string;
  /** System of a workload, as an entity reference. */
  readonly system?: string;
  /** Part of a workload's name, in any case. */
  readonly workload?: string;
  /** Part of a host, in any case. */
  readonly host?: string;
  /** Rows and columns with at least one such cell. */
  readonly verdict?: Verdict;
}

export interface MatrixRequest extends MatrixFilter, PageRequest {
  /** Rows under headings; by class alone when not given. */
  readonly by?: 'owner' | 'system' | 'namespace';
  /** Columns before the wanted ones; 0 when not given. */
  readonly columnOffset?: number;
  /** Most columns, at most `columnLimit`; `columnLimit` when not given. */
  readonly columnLimit?: number;
}

/** Most columns of one answer. */
export const columnLimit = 500;

/** Answer for the access matrix; pages of rows, `total` counts rows. */
export interface MatrixPage extends PageInfo {
  readonly sources: readonly SourceState[];
  readonly columns: readonly MatrixColumn[];
  /** Columns of the whole matrix, after filtering. */
  readonly columnTotal: number;
  readonly columnOffset: number;
  /** Distinct answers of the cells of this page. */
  readonly answers: readonly CellAnswer[];
  readonly groups: readonly MatrixGroup[];
  /** Workloads of all rows that the filter lets through. */
  readonly workloads: number;
  /** Of the whole mesh, for the filters' choices; workloads are counted. */
  readonly facets: {
    readonly namespaces: readonly NamedCount[];
    readonly owners: readonly NamedCount[];
    readonly systems: readonly NamedCount[];
  };
}

/** One cell of the matrix. */
export interface CellRequest {
  /** `source/namespace/kind/name`. */
  readonly workload: string;
  readonly host: string;
  readonly port: number;
  readonly protocol: AccessRow['protocol'];
}

/** Answer for one cell: how the call goes. */
export interface CellTrace {
  readonly source: SourceState;
  readonly workload: NamedWorkload;
  /** Absent when the matrix has no such column. */
  readonly row?: AccessRow;
  /** For `*` and wildcards of a host that they cover, named in its call. */
  readonly trace: Trace;
}
