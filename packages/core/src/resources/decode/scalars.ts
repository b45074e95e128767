import type { Labels } from '../labels';
import { type Cursor, isObject, pathOf, present, wrongType } from './cursor';

/** A text. Numbers and booleans are not texts: YAML 1.1 makes them of unquoted words. */
export function text(cursor: Cursor): string | undefined {
  if (!present(cursor)) return undefined;
  return typeof cursor.value === 'string' ? cursor.value : wrongType(cursor, 'a text');
}

/** A whole number; as protobuf JSON also `"443"` and `443.0`. */
export function integer(cursor: Cursor): number | undefined {
  if (!present(cursor)) return undefined;
  const { value } = cursor;
  const number = typeof value === 'string' && /^-?\d+(\.0+)?$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number)
    ? number
    : wrongType(cursor, 'a whole number');
}

export function decimal(cursor: Cursor): number | undefined {
  if (!present(cursor)) return undefined;
  const { value } = cursor;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number)
    ? number
    : wrongType(cursor, 'a number');
}

export function boolean(cursor: Cursor): boolean | undefined {
  if (!present(cursor)) return undefined;
  return typeof cursor.value === 'boolean' ? cursor.value : wrongType(cursor, '`true` or `false`');
}

/** A number or a text: Kubernetes' IntOrString. */
export function integerOrText(cursor: Cursor): number | string | undefined {
  if (!present(cursor)) return undefined;
  const { value } = cursor;
  return typeof value === 'string' || Number.isSafeInteger(value)
    ? (value as number | string)
    : wrongType(cursor, 'a number or a name');
}

/**
 * An enum by exact name or by number, as protobuf JSON; `names` in the order of their numbers, `undefined` for a number
 * that is not used.
 */
export function enumeration<T extends string>(
  cursor: Cursor,
  names: readonly (T | undefined)[],
): T | undefined {
  if (!present(cursor)) return undefined;
  const { value } = cursor;
  const name = typeof value === 'number' ? names[value] : names.find(item => item === value);
  if (name !== undefined) return name;
  const words = names.filter(item => item !== undefined).join(', ');
  if (typeof value !== 'string' && typeof value !== 'number') {
    return wrongType(cursor, `one of ${words}`);
  }
  const message = `\`${value}\` is none of ${words}`;
  cursor.report(
    'unknown-enum-value',
    pathOf(cursor),
    message,
    'use one of these words, in this spelling',
  );
  return undefined;
}

const units: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** Milliseconds of a duration as Go writes it (`1h2m3.5s`); `undefined` when it is none. */
export function parseDuration(value: string): number | undefined {
  if (value === '0') return 0;
  if (!/^[-+]?(\d+(\.\d*)?(ns|us|µs|ms|s|m|h))+$/.test(value)) return undefined;
  const sign = value.startsWith('-') ? -1 : 1;
  const parts = [...value.matchAll(/(\d+(?:\.\d*)?)(ns|us|µs|ms|s|m|h)/g)];
  return (
    sign *
    parts.reduce((sum, [, number, unit]) => sum + Number(number) * (units[unit ?? 's'] ?? 0), 0)
  );
}

/** Milliseconds. */
export function duration(cursor: Cursor): number | undefined {
  const value = text(cursor);
  if (value === undefined) return undefined;
  const milliseconds = parseDuration(value);
  if (milliseconds === undefined) {
    const message = `\`${value}\` is not a duration`;
    cursor.report(
      'bad-duration',
      pathOf(cursor),
      message,
      'write a number with a unit, such as `5s`',
    );
  }
  return milliseconds;
}

export function list<T>(cursor: Cursor, read: (item: Cursor) => T | undefined): readonly T[] {
  if (!present(cursor)) return [];
  if (!Array.isArray(cursor.value)) {
    wrongType(cursor, 'a list');
    return [];
  }
  const result: T[] = [];
  cursor.value.forEach((value: unknown, key) => {
    const item = read({ value: value ?? undefined, parent: cursor, key, report: cursor.report });
    if (item !== undefined) result.push(item);
  });
  return result;
}

export const texts = (cursor: Cursor): readonly string[] => list(cursor, text);

/** The list when it is there, `undefined` when it is absent. */
export const optionalTexts = (cursor: Cursor): readonly string[] | undefined =>
  present(cursor) ? texts(cursor) : undefined;

function areTexts(value: Readonly<Record<string, unknown>>): value is Labels {
  for (const key of Object.keys(value)) {
    if (typeof value[key] !== 'string') return false;
  }
  return true;
}

const noTexts: Labels = {};

/** A map of texts, such as labels; as it was read when nothing is wrong with it. `__proto__` is an ordinary key. */
export function textMap(cursor: Cursor): Labels {
  if (!present(cursor)) return noTexts;
  return isObject(cursor.value) && areTexts(cursor.value)
    ? cursor.value
    : Object.fromEntries(entries(cursor, text));
}

export function entries<T>(
  cursor: Cursor,
  read: (item: Cursor) => T | undefined,
): readonly (readonly [string, T])[] {
  if (!present(cursor)) return [];
  if (!isObject(cursor.value)) {
    wrongType(cursor, 'a map');
    return [];
  }
  return Object.entries(cursor.value).flatMap(([key, value]) => {
    const item = read({ value: value ?? undefined, parent: cursor, key, report: cursor.report });
    return item === undefined ? [] : [[key, item] as const];
  });
}

/** A message: reads it when it is a map, reports it when it is something else. */
export function message<T>(cursor: Cursor, read: (item: Cursor) => T): T | undefined {
  if (!present(cursor)) return undefined;
  return isObject(cursor.value) ? read(cursor) : wrongType(cursor, 'a map');
}

/** Leaves fields with value `undefined` out, so that absent stays absent. */
export function compact<T extends object>(value: T): T {
  let absent = false;
  for (const key in value) {
    if (value[key] === undefined) absent = true;
  }
  if (!absent) return value;
  const result = {} as T;
  for (const key in value) {
    if (value[key] !== undefined) result[key] = value[key];
  }
  return result;
}
