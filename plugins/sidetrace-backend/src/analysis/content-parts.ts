import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzipSync } from 'node:zlib';

const unpack = promisify(gunzip);

/** JSON values under the digest of their text: equal values of consecutive snapshots are stored once. */
export class ContentParts {
  readonly #parts = new Map<string, Uint8Array>();

  add(value: unknown): string {
    const text = JSON.stringify(value);
    const digest = createHash('sha256').update(text).digest('hex');
    if (!this.#parts.has(digest)) this.#parts.set(digest, gzipSync(text));
    return digest;
  }

  all(): readonly (readonly [digest: string, content: Uint8Array])[] {
    return [...this.#parts];
  }
}

export const packJson = (value: unknown): Uint8Array => gzipSync(JSON.stringify(value));

/** What `packJson` or `ContentParts` packed; its type is what the caller had packed under that name. */
export async function unpackJson<T>(content: Uint8Array): Promise<T> {
  return JSON.parse((await unpack(content)).toString('utf8'));
}
