import { loadAll } from 'js-yaml';
import { kubernetesSchema } from '../kubernetes-schema';
import { type Cursor, code, type NotPlain, notPlain } from './cursor';

const isDigit = (char: number) => char >= 48 && char <= 57;
export const isLetter = (char: number): boolean =>
  (char >= 97 && char <= 122) || (char >= 65 && char <= 90);

/** Longest word that stands for something else than itself: `false`. */
const longestWord = 5;

const integer = /^(?:0|[1-9][0-9]{0,14})$/;
const dotted = /^[0-9]+\.[0-9]+\.[0-9]+\./;

/** Values of short or number-like texts, as the complete reader has them. */
const known = new Map<string, unknown>();
const knownLimit = 10_000;

function resolve(source: string): unknown {
  const found = known.get(source);
  if (found !== undefined) return found;
  const [value] = loadAll(source, { schema: kubernetesSchema });
  if (known.size >= knownLimit) known.clear();
  known.set(source, value);
  return value;
}

/** The value of a plain scalar that starts with a character of `startsPlain`. */
export function plainValue(source: string): unknown {
  const first = source.charCodeAt(0);
  if (isLetter(first)) return source.length > longestWord ? source : resolve(source);
  if (isDigit(first)) {
    if (integer.test(source)) return Number(source);
    return dotted.test(source) ? source : resolve(source);
  }
  return first === code.dash ? resolve(source) : source;
}

const otherStarts = new Set(['_', '/', '(', '$', '^'].map(char => char.charCodeAt(0)));
const isWordStart = (char: number) => isLetter(char) || isDigit(char);

/** Whether a plain scalar starts here, and no indicator. */
export function startsPlain({ text, at }: Cursor): boolean {
  const first = text.charCodeAt(at);
  if (isWordStart(first) || otherStarts.has(first)) return true;
  if (first !== code.dash) return false;
  const second = text.charCodeAt(at + 1);
  return isWordStart(second === code.dash ? text.charCodeAt(at + 2) : second);
}

const plainEscape = /\\[^"\\/nrtbf]/;

function doubleQuoted(cursor: Cursor): string | NotPlain {
  const { text, at } = cursor;
  let end = at + 1;
  let escapes = false;
  for (; ; end += 1) {
    const char = text.charCodeAt(end);
    if (char === code.doubleQuote) break;
    if (char === code.lineFeed || end >= text.length) return notPlain;
    if (char === code.backslash) {
      escapes = true;
      end += 1;
    }
  }
  cursor.at = end + 1;
  const body = text.slice(at + 1, end);
  if (!escapes) return body;
  if (plainEscape.test(body.replaceAll('\\\\', ''))) return notPlain;
  const value: unknown = JSON.parse(`"${body}"`);
  return typeof value === 'string' ? value : notPlain;
}

function singleQuoted(cursor: Cursor): string | NotPlain {
  const { text, at } = cursor;
  let end = at + 1;
  let doubled = false;
  for (; ; end += 1) {
    const char = text.charCodeAt(end);
    if (char === code.lineFeed || end >= text.length) return notPlain;
    if (char !== code.singleQuote) continue;
    if (text.charCodeAt(end + 1) !== code.singleQuote) break;
    doubled = true;
    end += 1;
  }
  cursor.at = end + 1;
  const body = text.slice(at + 1, end);
  return doubled ? body.replaceAll("''", "'") : body;
}

export const startsQuoted = ({ text, at }: Cursor): boolean => {
  const first = text.charCodeAt(at);
  return first === code.doubleQuote || first === code.singleQuote;
};

/** A quoted scalar on one line. */
export const quoted = (cursor: Cursor): string | NotPlain =>
  cursor.text.charCodeAt(cursor.at) === code.doubleQuote
    ? doubleQuoted(cursor)
    : singleQuoted(cursor);

const isKeyPart = (char: number) => isLetter(char) || (char >= 45 && char <= 57) || char === 95; // - . / digits _

const longestKey = 256;

/** Reads a key of letters, digits, `_`, `.`, `/` and `-` with its colon; otherwise stays where it is. */
export function plainKey(cursor: Cursor): string | undefined {
  const { text, at } = cursor;
  const first = text.charCodeAt(at);
  if (!isLetter(first) && first !== 95) return undefined;
  let end = at + 1;
  while (isKeyPart(text.charCodeAt(end))) end += 1;
  if (text.charCodeAt(end) !== code.colon || end - at > longestKey) return undefined;
  const next = text.charCodeAt(end + 1);
  if (next !== code.space && next !== code.lineFeed && end + 1 < text.length) return undefined;
  const key = text.slice(at, end);
  if (key === '__proto__' || (key.length <= longestWord && plainValue(key) !== key)) {
    return undefined;
  }
  cursor.at = end + 1;
  return key;
}
