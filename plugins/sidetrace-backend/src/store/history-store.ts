import type { Knex } from 'knex';
import { unpackJson } from '../analysis/content-parts';
import type { AnalysisCounts } from '../analysis/packed-analysis';
import type { OpenedRecord, ReadingChanges } from './analysis-store';

/** A change of a source: from then on this snapshot was current. */
export interface StoredReading {
  readonly id: number;
  readonly source: string;
  readonly digest: string;
  readonly seenAt: string;
  readonly analysis?: string;
  readonly counts?: AnalysisCounts;
  readonly changes?: ReadingChanges['counts'];
}

interface ReadingRecord {
  readonly id: number;
  readonly source: string;
  readonly digest: string;
  readonly seen_at: string;
  readonly analysis: string | null;
  readonly counts: string | null;
  readonly change_counts: string | null;
}

const storedReading = (record: ReadingRecord): StoredReading => ({
  id: record.id,
  source: record.source,
  digest: record.digest,
  seenAt: record.seen_at,
  ...(record.analysis === null ? {} : { analysis: record.analysis }),
  ...(record.counts === null ? {} : { counts: JSON.parse(record.counts) }),
  ...(record.change_counts === null ? {} : { changes: JSON.parse(record.change_counts) }),
});

const columns = [
  'readings.id',
  'readings.source',
  'readings.digest',
  'readings.seen_at',
  'readings.analysis',
  'readings.change_counts',
  'analyses.counts',
];

/** Snapshots of the sources over time. */
export class HistoryStore {
  constructor(private readonly knex: Knex) {}

  #readings() {
    return this.knex('readings').leftJoin('analyses', 'readings.analysis', 'analyses.id');
  }

  /** Snapshots of some sources, newest first. */
  async page(
    sources: readonly string[],
    { offset, limit }: { readonly offset: number; readonly limit: number },
  ): Promise<{ readonly total: number; readonly readings: readonly StoredReading[] }> {
    const all = await this.knex('readings').whereIn('source', sources).count({ total: '*' });
    const records: ReadingRecord[] = await this.#readings()
      .whereIn('readings.source', sources)
      .orderBy('readings.id', 'desc')
      .offset(offset)
      .limit(limit)
      .select(columns);
    return { total: Number(all[0]?.total ?? 0), readings: records.map(storedReading) };
  }

  async reading(id: number): Promise<StoredReading | undefined> {
    const record: ReadingRecord | undefined = await this.#readings()
      .where('readings.id', id)
      .first(columns);
    return record === undefined ? undefined : storedReading(record);
  }

  /** The analysed snapshot before the current one. */
  async before(source: string, digest: string): Promise<StoredReading | undefined> {
    const current = await this.knex('readings')
      .where({ source, digest })
      .orderBy('id', 'desc')
      .first('id');
    if (current === undefined) return undefined;
    const record: ReadingRecord | undefined = await this.#readings()
      .where('readings.source', source)
      .where('readings.id', '<', current.id)
      .whereNotNull('readings.analysis')
      .orderBy('readings.id', 'desc')
      .first(columns);
    return record === undefined ? undefined : storedReading(record);
  }

  /** Hosts opened by snapshots seen since then, newest first. */
  async openedSince(
    sources: readonly string[],
    since: string,
  ): Promise<
    readonly { readonly reading: StoredReading; readonly opened: readonly OpenedRecord[] }[]
  > {
    const records = await this.#readings()
      .whereIn('readings.source', sources)
      .where('readings.seen_at', '>=', since)
      .whereNotNull('readings.opened')
      .orderBy('readings.id', 'desc')
      .limit(200)
      .select([...columns, 'readings.opened']);
    return Promise.all(
      records.map(async record => ({
        reading: storedReading(record),
        opened: await unpackJson<readonly OpenedRecord[]>(record.opened),
      })),
    );
  }
}
