import { completeItem } from './complete-item';
import {
  type Cursor,
  code,
  deepest,
  isLineEnd,
  type NotPlain,
  notPlain,
  skipSpaces,
  startsComment,
  toContent,
  withoutBlanks,
} from './cursor';
import { flowValue } from './flow';
import { literal } from './literal';
import { plainKey, plainValue, quoted, startsPlain, startsQuoted } from './scalars';

/*
 * The YAML that kubectl and most people write, read without events and positions: block mappings and sequences, plain and
 * quoted scalars and collections in braces on one line, block scalars that keep their lines, comments. Whatever is beyond
 * that (anchors, tags, folded lines, keys that are no names) is left to the complete reader, and so is every mistake: the
 * item of a List by itself, else the whole document.
 */

/** A plain scalar up to the end of the line. */
function linePlain(cursor: Cursor): unknown | NotPlain {
  if (!startsPlain(cursor)) return notPlain;
  const { text, at } = cursor;
  let end = at;
  for (; end < text.length; end += 1) {
    const char = text.charCodeAt(end);
    if (char === code.lineFeed) break;
    if (startsComment(text, end)) break;
    if (char !== code.colon) continue;
    const next = text.charCodeAt(end + 1);
    if (next === code.space || next === code.lineFeed || end + 1 === text.length) return notPlain;
  }
  cursor.at = end;
  return plainValue(withoutBlanks(text.slice(at, end)));
}

function inlineValue(cursor: Cursor): unknown | NotPlain {
  if (startsQuoted(cursor)) return quoted(cursor);
  const first = cursor.text.charCodeAt(cursor.at);
  return first === code.openBrace || first === code.openBracket
    ? flowValue(cursor)
    : linePlain(cursor);
}

const isDash = ({ text, at }: Cursor) => {
  if (text.charCodeAt(at) !== code.dash) return false;
  const next = text.charCodeAt(at + 1);
  return next === code.space || next === code.lineFeed || at + 1 === text.length;
};

/** A collection that starts on a line of its own. */
function block(cursor: Cursor): unknown | NotPlain {
  if (cursor.depth >= deepest) return notPlain;
  cursor.depth += 1;
  const value = isDash(cursor) ? sequence(cursor) : mapping(cursor);
  cursor.depth -= 1;
  return value;
}

/** What stands behind a colon or a dash of `column`, here or on the lines below; goes to the content that follows. */
function entry(cursor: Cursor, column: number, mayDash: boolean): unknown | NotPlain {
  skipSpaces(cursor);
  if (isLineEnd(cursor)) {
    toContent(cursor);
    if (cursor.column > column) return block(cursor);
    return mayDash && cursor.column === column && isDash(cursor) ? block(cursor) : null;
  }
  const isLiteral = cursor.text.charCodeAt(cursor.at) === code.bar;
  const value = isLiteral ? literal(cursor, column) : inlineValue(cursor);
  if (value === notPlain) return notPlain;
  if (!isLiteral) {
    skipSpaces(cursor);
    if (!isLineEnd(cursor)) return notPlain;
  }
  toContent(cursor);
  return cursor.column > column ? notPlain : value;
}

function mapping(cursor: Cursor): unknown | NotPlain {
  const { column } = cursor;
  const map: Record<string, unknown> = {};
  do {
    const key = plainKey(cursor);
    if (key === undefined) return notPlain;
    const value = entry(cursor, column, true);
    if (value === notPlain) return notPlain;
    map[key] = value;
  } while (cursor.column === column);
  return cursor.column > column ? notPlain : map;
}

/** What a dash of `column` leads: a mapping that starts on the same line, or a value. */
function item(cursor: Cursor, column: number): unknown | NotPlain {
  const dash = cursor.at;
  cursor.at += 1;
  skipSpaces(cursor);
  const start = cursor.at;
  if (plainKey(cursor) === undefined) return entry(cursor, column, false);
  cursor.at = start;
  cursor.column = column + start - dash;
  return block(cursor);
}

/** Depth of the lists that a document's own fields are: `items` of a List. */
const listDepth = 2;

/** An object in a List, however it is written; the cursor is then at the content that follows. */
function anyItem(cursor: Cursor, column: number): unknown | NotPlain {
  const { at: start, depth } = cursor;
  const value = item(cursor, column);
  if (value !== notPlain || depth !== listDepth) return value;
  cursor.depth = depth;
  const complete = completeItem(cursor, start, column);
  if (complete !== notPlain) toContent(cursor);
  return cursor.column > column ? notPlain : complete;
}

function sequence(cursor: Cursor): unknown | NotPlain {
  const { column } = cursor;
  const list: unknown[] = [];
  do {
    const value = anyItem(cursor, column);
    if (value === notPlain) return notPlain;
    list.push(value);
  } while (cursor.column === column && isDash(cursor));
  return cursor.column > column ? notPlain : list;
}

/** Control characters, line ends that are none in YAML, and what is written as two units of UTF-16. */
const other = /[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;

/** A document that is a plain mapping; `notPlain` for everything else. */
export function plainDocument(text: string): unknown | NotPlain {
  if (other.test(text)) return notPlain;
  const cursor: Cursor = { text, at: 0, column: 0, depth: 0 };
  toContent(cursor);
  const value = cursor.column === 0 && !isDash(cursor) ? block(cursor) : notPlain;
  return cursor.at >= text.length ? value : notPlain;
}
