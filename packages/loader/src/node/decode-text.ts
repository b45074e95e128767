import { gunzipSync } from 'node:zlib';
import { maxTextLength } from '../read-yaml';

const startsWith = (bytes: Uint8Array, ...start: readonly number[]) =>
  start.every((byte, index) => bytes[index] === byte);

/** Encoding by byte order mark; PowerShell's `>` writes UTF-16. */
function encodingOf(bytes: Uint8Array): string {
  if (startsWith(bytes, 0xff, 0xfe)) return 'utf-16le';
  if (startsWith(bytes, 0xfe, 0xff)) return 'utf-16be';
  return 'utf-8';
}

/** Text of a file's bytes: gzip (RFC 1952) is unpacked, UTF-16 with a byte order mark is understood. */
export function decodeText(bytes: Uint8Array, maxLength: number = maxTextLength): string {
  const plain = startsWith(bytes, 0x1f, 0x8b)
    ? gunzipSync(bytes, { maxOutputLength: Math.min(maxLength, maxTextLength) })
    : bytes;
  return new TextDecoder(encodingOf(plain)).decode(plain);
}
