import { isDeepStrictEqual } from 'node:util';
import type { Fix } from '@sidetrace/core';
import { applyEdits, readManifests } from '@sidetrace/loader';
import { diffArrays } from 'diff';

type Edits = Fix['edits'];

/** Edits that change nothing: what they give is how the document is written when it is written anew. */
const withoutEffect = (edits: Edits): Edits =>
  edits.map(({ source }) => ({ op: 'remove', source, path: ['sidetrace.dev/none'] }));

const valuesOf = (text: string) => readManifests(text, '').resources.map(({ value }) => value);

/**
 * `applyEdits`, with the lines that no edit concerns as they were: writing a document anew also changes the blanks in
 * front of comments and inside `[a, b]`.
 */
export function editLines(text: string, edits: Edits): string {
  const after = applyEdits(text, edits);
  const before = text.split('\n');
  const rewritten = applyEdits(text, withoutEffect(edits)).split('\n');
  if (rewritten.length !== before.length) return after;
  let line = 0;
  const lines: string[] = [];
  for (const { added, removed, value } of diffArrays(rewritten, after.split('\n'))) {
    if (added) lines.push(...value);
    else {
      if (!removed) lines.push(...before.slice(line, line + value.length));
      line += value.length;
    }
  }
  const kept = lines.join('\n');
  return isDeepStrictEqual(valuesOf(kept), valuesOf(after)) ? kept : after;
}
