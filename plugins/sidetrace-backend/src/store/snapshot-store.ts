import type { Knex } from 'knex';
import type { Reading } from '../sources/source';
import { packSnapshot } from './snapshot-digest';

/** What the store knows of one mesh. */
export interface StoredSource {
  readonly id: string;
  readonly configId: string;
  readonly cluster?: string;
  /** The snapshot that was read last. */
  readonly digest?: string;
  readonly readAt?: string;
  readonly failed?: string;
  /** The analysis that answers, of the snapshot `answerDigest`: that or an earlier one. */
  readonly analysis?: string;
  readonly answerDigest?: string;
}

interface SourceRecord {
  readonly id: string;
  readonly config_id: string;
  readonly cluster: string | null;
  readonly digest: string | null;
  readonly read_at: string | null;
  readonly failed: string | null;
  readonly analysis: string | null;
  readonly answer_digest: string | null;
}

function storedSource(record: SourceRecord): StoredSource {
  const { id, config_id: configId, cluster, digest, read_at: readAt, failed } = record;
  const { analysis, answer_digest: answerDigest } = record;
  return {
    id,
    configId,
    ...(cluster === null ? {} : { cluster }),
    ...(digest === null ? {} : { digest }),
    ...(readAt === null ? {} : { readAt }),
    ...(failed === null ? {} : { failed }),
    ...(analysis === null ? {} : { analysis }),
    ...(answerDigest === null ? {} : { answerDigest }),
  };
}

interface Current {
  readonly configId: string;
  readonly reading: Reading;
  readonly digest: string;
  readonly readAt: string;
  readonly revision?: string;
}

/** What a source has just read. */
export interface SavedReading {
  readonly readings: readonly Reading[];
  readonly readAt: string;
  /** Of all readings together, for the next question to the source. */
  readonly revision?: string;
}

async function keepCurrent(tx: Knex.Transaction, current: Current): Promise<void> {
  const { configId, reading, digest, readAt, revision } = current;
  const { id, cluster } = reading;
  const before = await tx('sources').where('id', id).first('digest');
  const fields = {
    config_id: configId,
    digest,
    read_at: readAt,
    failed: null,
    cluster: cluster ?? null,
    revision: revision ?? null,
  };
  await tx('sources')
    .insert({ id, ...fields })
    .onConflict('id')
    .merge(fields);
  if (before?.digest !== digest) {
    await tx('readings').insert({ source: id, digest, seen_at: readAt });
  }
}

/** Snapshots in the plugin's database: what one replica has read, all can answer from. */
export class SnapshotStore {
  constructor(private readonly knex: Knex) {}

  /** Keeps what a source has just read; all of it or nothing. Meshes that the source no longer has are forgotten. */
  async save(configId: string, { readings, readAt, revision }: SavedReading): Promise<void> {
    const seen = revision === undefined ? {} : { revision };
    const packed = await Promise.all(
      readings.map(async reading => {
        const snapshot = 'packed' in reading ? reading.packed : await packSnapshot(reading.content);
        return { reading, ...snapshot };
      }),
    );
    await this.knex.transaction(async tx => {
      for (const { reading, digest, bytes } of packed) {
        const snapshot = { digest, content: Buffer.from(bytes), created_at: readAt };
        await tx('snapshots').insert(snapshot).onConflict('digest').ignore();
        await keepCurrent(tx, { configId, reading, digest, readAt, ...seen });
      }
      const ids = readings.map(({ id }) => id);
      await tx('sources').where('config_id', configId).whereNotIn('id', ids).delete();
    });
  }

  /** What the source gave with the snapshots that are kept. */
  async revision(configId: string): Promise<string | undefined> {
    const record = await this.knex('sources')
      .where('config_id', configId)
      .whereNotNull('digest')
      .first('revision');
    return record?.revision ?? undefined;
  }

  /** The snapshots of a source are still current. */
  async confirm(configId: string, readAt: string): Promise<void> {
    await this.knex('sources')
      .where('config_id', configId)
      .whereNotNull('digest')
      .update({ read_at: readAt, failed: null });
  }

  /** The last snapshots of a source that cannot be read stay, marked with the reason. */
  async saveFailure(configId: string, reason: string): Promise<void> {
    const known = await this.knex('sources')
      .where('config_id', configId)
      .update({ failed: reason });
    if (known > 0) return;
    await this.knex('sources')
      .insert({ id: configId, config_id: configId, failed: reason })
      .onConflict('id')
      .merge(['failed']);
  }

  /** Every mesh of the configured sources, by id. */
  async sources(configIds: readonly string[]): Promise<readonly StoredSource[]> {
    const records: SourceRecord[] = await this.knex('sources')
      .whereIn('config_id', configIds)
      .orderBy('id')
      .select();
    return records.map(storedSource);
  }

  /** The content as packed, for a worker. */
  async packed(digest: string): Promise<Uint8Array | undefined> {
    const record = await this.knex('snapshots').where('digest', digest).first('content');
    return record?.content;
  }
}
