import {
  type Cursor,
  code,
  deepest,
  type NotPlain,
  notPlain,
  skipSpaces,
  withoutBlanks,
} from './cursor';
import { plainKey, plainValue, quoted, startsPlain, startsQuoted } from './scalars';

const endsFlow = (char: number) =>
  char === code.comma || char === code.closeBracket || char === code.closeBrace;

function flowPlain(cursor: Cursor): unknown | NotPlain {
  if (!startsPlain(cursor)) return notPlain;
  const { text, at } = cursor;
  let end = at;
  for (; ; end += 1) {
    const char = text.charCodeAt(end);
    if (endsFlow(char)) break;
    if (end >= text.length || char === code.lineFeed) return notPlain;
    if (char === code.openBrace || char === code.openBracket || char === code.hash) return notPlain;
    if (char !== code.colon) continue;
    const next = text.charCodeAt(end + 1);
    if (next === code.space || next === code.lineFeed || endsFlow(next)) return notPlain;
  }
  cursor.at = end;
  return plainValue(withoutBlanks(text.slice(at, end)));
}

/** Behind an item: true when another one follows, false at the end, `notPlain` for anything else. */
function hasNext(cursor: Cursor, close: number): boolean | NotPlain {
  skipSpaces(cursor);
  const char = cursor.text.charCodeAt(cursor.at);
  cursor.at += 1;
  if (char === close) return false;
  if (char !== code.comma) return notPlain;
  skipSpaces(cursor);
  return true;
}

/** Steps into a collection; true when it is empty and left again. */
function isEmpty(cursor: Cursor, close: number): boolean {
  cursor.at += 1;
  skipSpaces(cursor);
  if (cursor.text.charCodeAt(cursor.at) !== close) return false;
  cursor.at += 1;
  return true;
}

function flowMapping(cursor: Cursor): unknown | NotPlain {
  const map: Record<string, unknown> = {};
  if (isEmpty(cursor, code.closeBrace)) return map;
  for (;;) {
    const key = plainKey(cursor);
    if (key === undefined) return notPlain;
    skipSpaces(cursor);
    const value = flowValue(cursor);
    if (value === notPlain) return notPlain;
    map[key] = value;
    const next = hasNext(cursor, code.closeBrace);
    if (next !== true) return next === false ? map : notPlain;
  }
}

function flowSequence(cursor: Cursor): unknown | NotPlain {
  const list: unknown[] = [];
  if (isEmpty(cursor, code.closeBracket)) return list;
  for (;;) {
    const value = flowValue(cursor);
    if (value === notPlain) return notPlain;
    list.push(value);
    const next = hasNext(cursor, code.closeBracket);
    if (next !== true) return next === false ? list : notPlain;
  }
}

/** A value in braces or brackets, all on one line. */
export function flowValue(cursor: Cursor): unknown | NotPlain {
  if (startsQuoted(cursor)) return quoted(cursor);
  const first = cursor.text.charCodeAt(cursor.at);
  if (first !== code.openBrace && first !== code.openBracket) return flowPlain(cursor);
  if (cursor.depth >= deepest) return notPlain;
  cursor.depth += 1;
  const value = first === code.openBrace ? flowMapping(cursor) : flowSequence(cursor);
  cursor.depth -= 1;
  return value;
}
