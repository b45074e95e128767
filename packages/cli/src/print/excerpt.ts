import type { Position } from '@sidetrace/loader';
import type { Palette } from './palette';

export interface ExcerptOptions {
  readonly palette: Palette;
  /** Columns that line number, bar and text may take. */
  readonly width: number;
  /** Colour of the caret. */
  readonly colour: (text: string) => string;
}

/** What a terminal would act upon instead of showing it, tabs included, so that every character is one column. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is replaced
const unprintable = /[\u0000-\u001f\u007f-\u009f]/g;

/** Length of the key or scalar at the start of a text: up to `: `, a blank or the end of a flow collection. */
function tokenLength(text: string): number {
  const [token = ''] =
    /^"(?:[^"\\]|\\.)*"|^'(?:[^']|'')*'|^[^\s,[\]{}]+?(?=:(?:\s|$)|[\s,[\]{}]|$)/.exec(text) ?? [];
  return Math.max(1, token.length);
}

interface Window {
  readonly text: string;
  readonly start: number;
}

/** The part of a long line around a column; dots stand for what is left out. */
function windowOf(line: string, start: number, room: number): Window {
  if (line.length <= room) return { text: line, start };
  const from = Math.max(0, Math.min(start - Math.floor(room / 3), line.length - room));
  const before = from === 0 ? '' : '…';
  const after = from + room >= line.length ? '' : '…';
  const inner = line.slice(from + before.length, from + room - after.length);
  return { text: `${before}${inner}${after}`, start: start - from };
}

/**
 * A source line with a caret below the place, as compilers show it:
 *
 *        |
 *     12 |       name: http
 *        |       ^^^^
 */
export function excerpt(
  line: string,
  position: Position,
  { palette, width, colour }: ExcerptOptions,
): readonly string[] {
  const number = String(position.line);
  const margin = ' '.repeat(Math.max(4, number.length));
  const room = Math.max(20, width - margin.length - 3);
  const clean = line.replace(unprintable, ' ');
  const at = Math.min(position.column - 1, clean.length);
  const { text, start } = windowOf(clean, at, room);
  const carets = '^'.repeat(Math.max(1, Math.min(tokenLength(clean.slice(at)), room - start)));
  const bar = palette.dim('|');
  return [
    `${margin} ${bar}`,
    `${palette.dim(number.padStart(margin.length))} ${bar} ${text}`.trimEnd(),
    `${margin} ${bar} ${' '.repeat(start)}${colour(carets)}`,
  ];
}
