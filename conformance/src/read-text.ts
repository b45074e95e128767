import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** First two bytes of a gzip member (RFC 1952, 2.3.1). */
const isGzip = (bytes: Uint8Array) => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Bytes of a file, unpacked when they are gzip; `<path>.gz` stands in for a missing `<path>`. */
export function readBytes(path: string): Buffer {
  const bytes = readFileSync(existsSync(path) ? path : `${path}.gz`);
  return isGzip(bytes) ? gunzipSync(bytes) : bytes;
}

export const readText = (path: string): string => readBytes(path).toString('utf8');
