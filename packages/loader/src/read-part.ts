import { type ReadResult, readYaml } from './read-yaml';

/** A part of a text: what stands before it is some whole documents, the last of them ended by its first line. */
export interface TextPart {
  readonly text: string;
  readonly file: string;
  /** Lines and separators of the whole text before this part. */
  readonly lines: number;
  readonly separators: number;
}

function countOf(text: string, pattern: RegExp): number {
  let count = 0;
  for (const _ of text.matchAll(pattern)) count += 1;
  return count;
}

const separator = /^---(?:[ \t]+.*)?\r?$/gm;

/** Splits a text at the first separator behind `at`; `undefined` when there is none. */
export function splitText(
  text: string,
  file: string,
  at: number,
): readonly [TextPart, TextPart] | undefined {
  const line = text.indexOf('\n', at);
  const found = line < 0 ? -1 : text.slice(line + 1).search(/^---(?:[ \t]+.*)?\r?$/m);
  if (found < 0) return undefined;
  const end = line + 1 + found;
  const first = text.slice(0, end);
  return [
    { text: first, file, lines: 0, separators: 0 },
    {
      text: text.slice(end),
      file,
      lines: countOf(first, /\n/g),
      separators: countOf(first, separator),
    },
  ];
}

/** Reads a part; documents and lines are counted as in the whole text. */
export function readPart({ text, file, lines, separators }: TextPart): ReadResult {
  const { resources, issues } = readYaml(text, file);
  if (lines === 0 && separators === 0) return { resources, issues };
  const moved = <Source extends { readonly document: number; readonly line: number }>(
    source: Source,
  ) => ({ ...source, document: source.document + separators, line: source.line + lines });
  return {
    resources: resources.map(({ value, source }) => ({ value, source: moved(source) })),
    issues: issues.map(issue =>
      issue.source === undefined ? issue : { ...issue, source: moved(issue.source) },
    ),
  };
}
