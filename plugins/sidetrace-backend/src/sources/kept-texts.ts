import type { RawResource } from '@sidetrace/core';

/** Longest text of one file that is kept, in characters. */
export const fileTextLimit = 1024 * 1024;
/** Texts of one snapshot together, in characters. */
export const allTextsLimit = 16 * 1024 * 1024;

/** True for a Secret, and for a list with one in it. */
function holdsSecret(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if ('kind' in value && (value.kind === 'Secret' || value.kind === 'SecretList')) return true;
  return 'items' in value && Array.isArray(value.items) && value.items.some(holdsSecret);
}

/**
 * Texts that a snapshot keeps beside the values, so that findings point at the line of a field and fixes keep the
 * comments. Never of a file with a Secret in it; in the order of the files until the limit is reached. What is not kept
 * is pointed at by the first line of its document.
 */
export function keptTexts(
  resources: readonly RawResource[],
  textOf: (file: string) => string | undefined,
): ReadonlyMap<string, string> {
  const secret = new Set(
    resources.filter(({ value }) => holdsSecret(value)).map(({ source }) => source.file),
  );
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
