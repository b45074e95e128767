import type { RawResource } from '@sidetrace/core';

/** Where the JSON value that starts at `from` ends; `undefined` when it does not end. */
function endOf(text: string, from: number): number | undefined {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') {
      at += 1;
      while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
    } else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}

/**
 * Objects one behind the other, with or without a line for each (JSON Lines, `jq -c`, kubectl's own decoder reads them
 * as well: k8s.io/apimachinery `YAMLOrJSONDecoder`). `undefined` when the text is anything else.
 */
export function readJsonDocuments(text: string, file: string): readonly RawResource[] | undefined {
  const resources: RawResource[] = [];
  const gap = /\s*/y;
  let at = 0;
  let line = 1;
  const countLines = (part: string) => part.split('\n').length - 1;
  while (at < text.length) {
    gap.lastIndex = at;
    const blank = gap.exec(text)?.[0] ?? '';
    line += countLines(blank);
    at += blank.length;
    if (at >= text.length) break;
    const end = text[at] === '{' ? endOf(text, at) : undefined;
    if (end === undefined) return undefined;
    const body = text.slice(at, end);
    try {
      const source = { file, document: resources.length, line };
      resources.push({ value: JSON.parse(body), source });
    } catch {
      // the YAML reader says on which line it is wrong
      return undefined;
    }
    line += countLines(body);
    at = end;
  }
  return resources;
}
