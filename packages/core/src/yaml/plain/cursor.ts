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
  plus: 43,
  dash: 45,
  colon: 58,
  openBracket: 91,
  backslash: 92,
  closeBracket: 93,
  greaterThan: 62,
  openBrace: 123,
  bar: 124,
  closeBrace: 125,
} as const;

/** Deeper documents go to the complete reader, which knows the limit. */
export const deepest = 60;

export function skipSpaces(cursor: Cursor): void {
  while (cursor.text.charCodeAt(cursor.at) === code.space) cursor.at += 1;
}

/** Whether a comment starts here, which has to stand apart from what is before it. */
export const startsComment = (text: string, at: number): boolean =>
  text.charCodeAt(at) === code.hash && text.charCodeAt(at - 1) === code.space;

/** Whether nothing that counts follows on the line; steps over a comment. */
export function isLineEnd(cursor: Cursor): boolean {
  const { text, at } = cursor;
  if (startsComment(text, at)) cursor.at = endOfLine(text, at);
  return cursor.at >= text.length || text.charCodeAt(cursor.at) === code.lineFeed;
}

export function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** Without the blanks at its end, as YAML knows them: other spaces of Unicode are letters. */
export function withoutBlanks(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === code.space) end -= 1;
  return end === text.length ? text : text.slice(0, end);
}

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
    cursor.at = Math.min(endOfLine(text, cursor.at) + 1, text.length);
  }
}
