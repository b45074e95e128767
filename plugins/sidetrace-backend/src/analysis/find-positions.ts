import type { Finding } from '@sidetrace/core';
import { locate } from '@sidetrace/loader';

/**
 * Findings with line and column of their field, where the snapshot keeps the text of the file; in the order given.
 * Looked up file by file: splitting a text into its documents is what takes long.
 */
export function findPositions(
  findings: readonly Finding[],
  texts: ReadonlyMap<string, string>,
): readonly Finding[] {
  const byFile = new Map<string, number[]>();
  for (const [at, { source }] of findings.entries()) {
    if (source === undefined || !texts.has(source.file)) continue;
    byFile.set(source.file, [...(byFile.get(source.file) ?? []), at]);
  }
  const located = [...findings];
  for (const [file, indexes] of byFile) {
    const text = texts.get(file) ?? '';
    for (const at of indexes) {
      const finding = findings[at];
      if (finding?.source === undefined) continue;
      located[at] = { ...finding, position: locate(text, finding.source, finding.path ?? '') };
    }
  }
  return located;
}
