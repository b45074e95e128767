/** One document of a text. `line` is its first line, from 1. */
export interface YamlDocument {
  readonly text: string;
  readonly line: number;
  /** Index among the documents, from 0. */
  readonly document: number;
  /** The separator line in front of it when it carries a comment. */
  readonly marker?: string;
}

const separator = /^---(?:[ \t]+(.*))?\r?$/gm;

/** Splits at lines that start with `---`. What follows on that line, when it is no comment, belongs to the document. */
export function splitDocuments(text: string): readonly YamlDocument[] {
  const documents: YamlDocument[] = [];
  let start = 0;
  let line = 1;
  let marker: string | undefined;
  const push = (end: number) => {
    const body = text.slice(start, end);
    documents.push({
      text: body,
      line,
      document: documents.length,
      ...(marker === undefined ? {} : { marker }),
    });
    line += countLines(body);
  };
  for (const match of text.matchAll(separator)) {
    push(match.index);
    const rest = match[1]?.trim() ?? '';
    const comment = rest.startsWith('#');
    marker = comment ? match[0].trim() : undefined;
    const inline = rest !== '' && !comment;
    start = inline ? match.index + 3 : match.index + match[0].length + 1;
    if (!inline) line += 1;
  }
  push(text.length);
  return documents.filter(document => document.text.trim() !== '');
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
