import { type Cursor, code, endOfLine, type NotPlain, notPlain } from './cursor';

const indentOf = (text: string, start: number, end: number) => {
  let at = start;
  while (at < end && text.charCodeAt(at) === code.space) at += 1;
  return at - start;
};

/** Steps over `|` or `|-` and the line's end; `undefined` for every other header. */
function readHeader(cursor: Cursor): { readonly keepsEnd: boolean } | undefined {
  cursor.at += 1;
  const keepsEnd = cursor.text.charCodeAt(cursor.at) !== code.dash;
  if (!keepsEnd) cursor.at += 1;
  if (cursor.text.charCodeAt(cursor.at) !== code.lineFeed) return undefined;
  cursor.at += 1;
  return { keepsEnd };
}

/**
 * A block scalar that keeps its lines (`|`, `|-`), as scripts and nested documents are written. Its indentation is that of
 * the first line; it ends where a line is indented less. What stands on the last line of the text is left alone.
 */
export function literal(cursor: Cursor, column: number): string | NotPlain {
  const header = readHeader(cursor);
  if (header === undefined) return notPlain;
  const { text } = cursor;
  const lines: string[] = [];
  const first = endOfLine(text, cursor.at);
  const indent = indentOf(text, cursor.at, first);
  if (indent <= column || cursor.at + indent === first) return notPlain;
  let blank = 0;
  while (cursor.at < text.length) {
    const end = endOfLine(text, cursor.at);
    if (end === text.length) return notPlain;
    const own = indentOf(text, cursor.at, end);
    if (cursor.at + own === end && own <= indent) blank += 1;
    else if (own < indent) break;
    else {
      for (; blank > 0; blank -= 1) lines.push('');
      lines.push(text.slice(cursor.at + indent, end));
    }
    cursor.at = end + 1;
  }
  return lines.join('\n') + (header.keepsEnd ? '\n' : '');
}
