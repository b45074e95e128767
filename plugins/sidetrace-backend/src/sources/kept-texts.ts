import type { RawResource } from '@sidetrace/core';
import { holdsSecret } from './without-secret';

/** Longest text of one file that is kept, in characters. */
export const fileTextLimit = 1024 * 1024;
/** Texts of one snapshot together, in characters. */
export const allTextsLimit = 16 * 1024 * 1024;

/**
 * Texts that a snapshot keeps beside the values, so that findings point at the line of a field and fixes keep the
 * comments. Never of a file of which not everything may be stored; in the order of the files until the limit is reached. What is not kept
 * is pointed at by the first line of its document.
 */
export function keptTexts(
  resources: readonly RawResource[],
  textOf: (file: string) => string | undefined,
): ReadonlyMap<string, string> {
  const secret = new Set(resources.filter(holdsSecret).map(({ source }) => source.file));
  const texts = new Map<string, string>();
  let total = 0;
  for (const file of new Set(resources.map(({ source }) => source.file))) {
    const text = secret.has(file) ? undefined : textOf(file);
    if (text === undefined || text.length > fileTextLimit) continue;
    if (total + text.length > allTextsLimit) continue;
    texts.set(file, text);
    total += text.length;
  }
  return texts;
}
