import type { AccessChangeCounts } from '@sidetrace/backstage-plugin-sidetrace-common';
import type { Knex } from 'knex';
import type { AnalysisIndex } from '../analysis/analysis-index';
import { packJson, unpackJson } from '../analysis/content-parts';
import type { AnalysisCounts, PackedAnalysis } from '../analysis/packed-analysis';

/** A host that somebody reaches since a reading, with the workloads that do. */
export interface OpenedRecord {
  readonly host: string;
  readonly port: number;
  readonly workloads: readonly {
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
  }[];
}

/** What differs from the reading before. */
export interface ReadingChanges {
  readonly counts: {
    readonly access: AccessChangeCounts;
    readonly findingsAdded: number;
    readonly findingsRemoved: number;
  };
  readonly opened: readonly OpenedRecord[];
}

/** An analysis as computed; it is stored whole or not at all. */
export interface KeptAnalysis {
  readonly id: string;
  readonly snapshot: string;
  readonly index: PackedAnalysis['index'];
  readonly parts: PackedAnalysis['parts'];
  readonly counts: AnalysisCounts;
  readonly createdAt: string;
}

/** Which analysis answers for a source from now on. */
export interface AnswerRecord {
  readonly id: string;
  readonly source: string;
  readonly snapshot: string;
  /** Absent for the first snapshot. */
  readonly changes?: ReadingChanges;
}

/** Rows of one statement: SQLite takes at most 32,766 values in one. */
const batch = 200;

async function insertParts(tx: Knex.Transaction, id: string, packed: PackedAnalysis['parts']) {
  const parts = packed.map(([digest, content]) => ({ digest, content: Buffer.from(content) }));
  for (let at = 0; at < parts.length; at += batch) {
    const some = parts.slice(at, at + batch);
    await tx('parts').insert(some).onConflict('digest').ignore();
    const links = some.map(({ digest }) => ({ analysis: id, part: digest }));
    await tx('analysis_parts').insert(links).onConflict(['analysis', 'part']).ignore();
  }
}

/** Analyses in the plugin's database, with their long texts in parts that consecutive ones share. */
export class AnalysisStore {
  constructor(private readonly knex: Knex) {}

  async has(id: string): Promise<boolean> {
    return (await this.knex('analyses').where('id', id).first('id')) !== undefined;
  }

  /** Stores an analysis with its parts. Doing it twice changes nothing. */
  async keep({ id, snapshot, index, parts, counts, createdAt }: KeptAnalysis): Promise<void> {
    const row = {
      id,
      snapshot,
      index: Buffer.from(index),
      counts: JSON.stringify(counts),
      created_at: createdAt,
    };
    await this.knex.transaction(async tx => {
      await tx('analyses').insert(row).onConflict('id').ignore();
      await insertParts(tx, id, parts);
    });
  }

  /** Makes a stored analysis the one that answers for its source, and notes it in the history. */
  async answerWith({ id, source, snapshot, changes }: AnswerRecord): Promise<void> {
    await this.knex.transaction(async tx => {
      const reading = await tx('readings')
        .where({ source, digest: snapshot })
        .orderBy('id', 'desc')
        .first('id');
      if (reading !== undefined) {
        await tx('readings')
          .where('id', reading.id)
          .update({
            analysis: id,
            change_counts: changes === undefined ? null : JSON.stringify(changes.counts),
            opened: changes === undefined ? null : Buffer.from(packJson(changes.opened)),
          });
      }
      await tx('sources')
        .where({ id: source, digest: snapshot })
        .update({ analysis: id, answer_digest: snapshot });
    });
  }

  async index(id: string): Promise<AnalysisIndex | undefined> {
    const record = await this.knex('analyses').where('id', id).first('index');
    return record === undefined ? undefined : unpackJson<AnalysisIndex>(record.index);
  }

  /** Content of a part; its type is what the index says lies there. */
  async part<T>(digest: string): Promise<T> {
    const record = await this.knex('parts').where('digest', digest).first('content');
    if (record === undefined) throw new Error(`part ${digest} of an analysis is not there`);
    return unpackJson<T>(record.content);
  }
}
