import type { CellAnswer } from '@sidetrace/backstage-plugin-sidetrace-common';
import { type AccessTable, refKey } from '../analysis/access-table';
import { type AnalysisIndex, type AnswerPart, bucketOf } from '../analysis/analysis-index';
import { decodeSet, type WorkloadSet } from '../analysis/workload-set';
import type { AnalysisStore } from '../store/analysis-store';
import type { SnapshotStore, StoredSource } from '../store/snapshot-store';

/** An analysis in memory: the index, and its sets decoded. */
export interface LoadedAnalysis {
  readonly id: string;
  readonly index: AnalysisIndex;
  readonly groups: readonly WorkloadSet[];
  readonly sets: readonly WorkloadSet[];
  readonly classes: readonly {
    readonly members: WorkloadSet;
    readonly groups: readonly number[];
  }[];
  /** Position of a workload by `namespace/kind/name`. */
  readonly positions: ReadonlyMap<string, number>;
}

/** A source with the analysis that answers for it; without one when there is none yet. */
export interface SourceMesh {
  readonly source: StoredSource;
  readonly loaded?: LoadedAnalysis;
}

/** A source that has an answer. */
export interface AnsweringMesh {
  readonly source: StoredSource;
  readonly loaded: LoadedAnalysis;
}

export const answering = (meshes: readonly SourceMesh[]): readonly AnsweringMesh[] =>
  meshes.flatMap(({ source, loaded }) => (loaded === undefined ? [] : [{ source, loaded }]));

function load(id: string, index: AnalysisIndex): LoadedAnalysis {
  return {
    id,
    index,
    groups: index.access.groups.map(decodeSet),
    sets: index.sets.map(decodeSet),
    classes: index.access.classes.map(({ members, groups }) => ({
      members: decodeSet(members),
      groups,
    })),
    positions: new Map(index.workloads.map(({ ref }, at) => [refKey(ref), at] as const)),
  };
}

/** A small cache whose oldest entry goes first. */
class Recent<T> {
  readonly #kept = new Map<string, Promise<T>>();

  constructor(private readonly size: number) {}

  get(key: string, make: () => Promise<T>): Promise<T> {
    const known = this.#kept.get(key) ?? make();
    this.#kept.delete(key);
    this.#kept.set(key, known);
    known.then(
      // what is not there yet may be there later
      value => value === undefined && this.#kept.delete(key),
      () => this.#kept.delete(key),
    );
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.size) break;
      this.#kept.delete(oldest);
    }
    return known;
  }
}

/** Analyses of the store. Memory is only a cache by digest: any replica answers from the same store. */
export class Analyses {
  readonly #indexes = new Recent<LoadedAnalysis | undefined>(100);
  readonly #parts = new Recent<unknown>(500);

  constructor(
    private readonly snapshots: SnapshotStore,
    private readonly store: AnalysisStore,
    private readonly configIds: readonly string[],
  ) {}

  /** All meshes of the configured sources, by id. */
  async current(): Promise<readonly SourceMesh[]> {
    const sources = await this.snapshots.sources(this.configIds);
    return Promise.all(
      sources.map(async source => {
        const loaded = source.analysis === undefined ? undefined : await this.find(source.analysis);
        return { source, ...(loaded === undefined ? {} : { loaded }) };
      }),
    );
  }

  find(id: string): Promise<LoadedAnalysis | undefined> {
    return this.#indexes.get(id, async () => {
      const index = await this.store.index(id);
      return index === undefined ? undefined : load(id, index);
    });
  }

  /** A part; its type is what the index says lies there. */
  part<T>(digest: string): Promise<T> {
    return this.#parts.get(digest, () => this.store.part<T>(digest)) as Promise<T>;
  }

  /** The answers of all rows of an analysis, in their order. */
  async answers({ index }: LoadedAnalysis): Promise<readonly CellAnswer[]> {
    const { rows, columns, parts } = index.access;
    const buckets: AnswerPart[] = [];
    for (const digest of parts) buckets.push(await this.part<AnswerPart>(digest));
    const next = buckets.map(() => 0);
    return rows.map(([column]) => {
      const bucket = bucketOf(columns[column]?.host ?? '');
      const at = next[bucket] ?? 0;
      next[bucket] = at + 1;
      const answer = buckets[bucket]?.[at];
      if (answer === undefined) throw new Error('an analysis lacks an answer of its access table');
      return answer;
    });
  }

  /** The access table of an analysis. */
  async table(loaded: LoadedAnalysis): Promise<AccessTable> {
    const answers = await this.answers(loaded);
    const { access, workloads } = loaded.index;
    return {
      workloads: workloads.map(({ ref }) => ref),
      columns: access.columns,
      groups: loaded.groups,
      rows: access.rows.map(([column, group], at) => {
        const answer = answers[at];
        if (answer === undefined) throw new Error('an analysis lacks an answer');
        return { column, group, answer };
      }),
    };
  }
}
