/** What the quick reader does not read: the complete one reads the whole document. */
export const notPlain: unique symbol = Symbol('not plain');
export type NotPlain = typeof notPlain;

/** A place in a document. */
export interface Cursor {
  readonly text: string;
  at: number;
  /** Column of the line's first character that counts; -1 behind the last line. */
  column: number;
  depth: number;
}

export const code = {
  lineFeed: 10,
  space: 32,
  doubleQuote: 34,
  hash: 35,
  singleQuote: 39,
  comma: 44,
  dash: 45,
  colon: 58,
  openBracket: 91,
  backslash: 92,
  closeBracket: 93,
  openBrace: 123,
  closeBrace: 125,
} as const;

/** Deeper documents go to the complete reader, which knows the limit. */
export const deepest = 60;

export function skipSpaces(cursor: Cursor): void {
  while (cursor.text.charCodeAt(cursor.at) === code.space) cursor.at += 1;
}

export const isLineEnd = ({ text, at }: Cursor): boolean =>
  at >= text.length || text.charCodeAt(at) === code.lineFeed;

/** Goes from the start of a line to the next line that is neither empty nor a comment. */
export function toContent(cursor: Cursor): void {
  const { text } = cursor;
  for (;;) {
    const start = cursor.at;
    skipSpaces(cursor);
    if (cursor.at >= text.length) {
      cursor.column = -1;
      return;
    }
    const first = text.charCodeAt(cursor.at);
    if (first !== code.lineFeed && first !== code.hash) {
      cursor.column = cursor.at - start;
      return;
    }
    const end = text.indexOf('\n', cursor.at);
    cursor.at = end < 0 ? text.length : end + 1;
  }
}
