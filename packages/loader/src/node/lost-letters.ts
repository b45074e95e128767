import type { Issue } from '@sidetrace/core';

/** Bytes that are no UTF-8 become this character: what stood there is lost, and only there. */
export function lostLetters(text: string, file: string): readonly Issue[] {
  const at = text.indexOf('\ufffd');
  if (at < 0) return [];
  return [
    {
      code: 'not-utf8',
      severity: 'warning',
      message: 'the file is not UTF-8, and letters outside ASCII are lost',
      hint: 'save it as UTF-8',
      source: { file, document: 0, line: text.slice(0, at).split('\n').length },
    },
  ];
}
