import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { SnapshotContent } from '../sources/source';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** A snapshot as it is stored. */
export interface PackedSnapshot {
  readonly digest: string;
  readonly bytes: Uint8Array;
}

/** Equal content has an equal digest: it is the key of the store and of every cache. */
export async function packSnapshot(content: SnapshotContent): Promise<PackedSnapshot> {
  const text = JSON.stringify(content);
  const digest = createHash('sha256').update(text).digest('hex');
  return { digest, bytes: await pack(text) };
}

/** The content of a stored snapshot; it was packed by `packSnapshot`. */
export async function unpackSnapshot(bytes: Uint8Array): Promise<SnapshotContent> {
  return JSON.parse((await unpack(bytes)).toString('utf8'));
}
