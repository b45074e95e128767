import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Issue, MeshOptions, RawResource } from '@sidetrace/core';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** The manifests of one mesh, and what the configuration says about it. */
export interface SnapshotContent {
  readonly resources: readonly RawResource[];
  /** What could not be read. */
  readonly issues: readonly Issue[];
  readonly options: MeshOptions;
}

/** What a snapshot holds: values, and the texts of files that stay within the limits of `keptTexts`. */
export interface StoredContent extends SnapshotContent {
  /** By the file's name as in the resources. */
  readonly texts?: Readonly<Record<string, string>>;
}

/** A snapshot as it is stored. */
export interface PackedSnapshot {
  readonly digest: string;
  readonly bytes: Uint8Array;
}

/** Equal content has an equal digest: it is the key of the store and of every cache. */
export async function packSnapshot(content: StoredContent): Promise<PackedSnapshot> {
  const text = JSON.stringify(content);
  const digest = createHash('sha256').update(text).digest('hex');
  return { digest, bytes: await pack(text) };
}

/** The content of a stored snapshot; it was packed by `packSnapshot`. */
export async function unpackSnapshot(bytes: Uint8Array): Promise<StoredContent> {
  return JSON.parse((await unpack(bytes)).toString('utf8'));
}
