import type { Issue } from '@sidetrace/core';
import { readManifests } from '../read-manifests';
import type { ReadResult } from '../read-yaml';
import { decodeText } from './decode-text';
import { lostLetters } from './lost-letters';
import { notRead } from './not-read';

/** Longest text of a file in characters, unpacked; the longest text of the engine when not given. */
export interface BytesOptions {
  readonly maxLength?: number;
}

/** What was read, and the text that positions are looked up in; empty when there is none. */
export interface BytesResult extends ReadResult {
  readonly text: string;
}

/**
 * Reads the bytes of a file that lies elsewhere: plain or gzip, UTF-8 or UTF-16 with a byte order mark. Never throws:
 * what cannot be read is an issue.
 *
 * @example readBytes(await response.bytes(), 'mesh.yaml.gz').resources.length
 */
export function readBytes(
  bytes: Uint8Array,
  file: string,
  { maxLength }: BytesOptions = {},
): BytesResult {
  let text: string;
  try {
    text = decodeText(bytes, maxLength);
  } catch (error) {
    return { resources: [], issues: [notRead(file, error)], text: '' };
  }
  const { resources, issues } = readManifests(text, file);
  const lost: readonly Issue[] = lostLetters(text, file);
  return { resources, issues: [...issues, ...lost], text };
}
