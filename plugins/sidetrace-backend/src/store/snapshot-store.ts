import type { Knex } from 'knex';
import type { Reading, SnapshotContent } from '../sources/source';
import { packSnapshot, unpackSnapshot } from './snapshot-digest';

/** What the store knows of one mesh. */
export interface StoredSource {
  readonly id: string;
  readonly configId: string;
  readonly cluster?: string;
  readonly digest?: string;
  readonly readAt?: string;
  readonly failed?: string;
}

/** A change of a source: from then on this snapshot was current. */
export interface StoredReading {
  readonly digest: string;
  readonly seenAt: string;
}

interface SourceRecord {
  readonly id: string;
  readonly config_id: string;
  readonly cluster: string | null;
  readonly digest: string | null;
  readonly read_at: string | null;
  readonly failed: string | null;
}

function storedSource(record: SourceRecord): StoredSource {
  const { id, config_id: configId, cluster, digest, read_at: readAt, failed } = record;
  return {
    id,
    configId,
    ...(cluster === null ? {} : { cluster }),
    ...(digest === null ? {} : { digest }),
    ...(readAt === null ? {} : { readAt }),
    ...(failed === null ? {} : { failed }),
  };
}

/** Snapshots in the plugin's database: what one replica has read, all can answer from. */
export class SnapshotStore {
  constructor(
    private readonly knex: Knex,
    private readonly options: { readonly snapshotsPerSource: number },
  ) {}

  /** Keeps what a source has just read; all of it or nothing. Meshes that the source no longer has are forgotten. */
  async save(configId: string, readings: readonly Reading[], readAt: string): Promise<void> {
    const packed = await Promise.all(
      readings.map(async reading => ({ reading, ...(await packSnapshot(reading.content)) })),
    );
    await this.knex.transaction(async tx => {
      for (const { reading, digest, bytes } of packed) {
        const snapshot = { digest, content: bytes, created_at: readAt };
        await tx('snapshots').insert(snapshot).onConflict('digest').ignore();
        await this.#keepCurrent(tx, { configId, reading, digest, readAt });
      }
      const ids = readings.map(({ id }) => id);
      await tx('sources').where('config_id', configId).whereNotIn('id', ids).delete();
      await this.#forgetOld(tx, ids);
    });
  }

  async #keepCurrent(
    tx: Knex.Transaction,
    { configId, reading, digest, readAt }: Current,
  ): Promise<void> {
    const { id, cluster } = reading;
    const before = await tx('sources').where('id', id).first('digest');
    const current = { digest, read_at: readAt, failed: null, cluster: cluster ?? null };
    await tx('sources')
      .insert({ id, config_id: configId, ...current })
      .onConflict('id')
      .merge({ config_id: configId, ...current });
    if (before?.digest !== digest) {
      await tx('readings').insert({ source: id, digest, seen_at: readAt });
    }
  }

  async #forgetOld(tx: Knex.Transaction, ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const old = await tx('readings')
        .where('source', id)
        .orderBy('id', 'desc')
        .offset(this.options.snapshotsPerSource)
        .limit(1000)
        .pluck('id');
      if (old.length > 0) await tx('readings').whereIn('id', old).delete();
    }
    await tx('snapshots')
      .whereNotIn('digest', tx('readings').select('digest'))
      .whereNotIn('digest', tx('sources').select('digest').whereNotNull('digest'))
      .delete();
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
      .select('id', 'config_id', 'cluster', 'digest', 'read_at', 'failed');
    return records.map(storedSource);
  }

  async content(digest: string): Promise<SnapshotContent | undefined> {
    const record = await this.knex('snapshots').where('digest', digest).first('content');
    return record === undefined ? undefined : unpackSnapshot(record.content);
  }

  /** Snapshots of a source, newest first. */
  async history(source: string): Promise<readonly StoredReading[]> {
    const records = await this.knex('readings').where('source', source).orderBy('id', 'desc');
    return records.map(({ digest, seen_at: seenAt }) => ({ digest, seenAt }));
  }
}

interface Current {
  readonly configId: string;
  readonly reading: Reading;
  readonly digest: string;
  readonly readAt: string;
}
