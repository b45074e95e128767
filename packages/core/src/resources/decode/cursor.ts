/** Receives what is wrong at a place in an object. */
export type Report = (code: DecodeIssueCode, path: string, message: string, hint: string) => void;

export type DecodeIssueCode =
  | 'wrong-type'
  | 'unknown-enum-value'
  | 'bad-duration'
  | 'missing-field';

/** A value inside an object and the way to it; paths are put together only when something is reported. */
export interface Cursor {
  readonly value: unknown;
  readonly parent?: Cursor;
  readonly key: string | number;
  readonly report: Report;
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Own property only: `__proto__` and friends are data like any other. */
export function own(value: unknown, key: string): unknown {
  if (!isObject(value)) return undefined;
  // most fields are absent: what no prototype has either need not be asked for twice
  const found = value[key];
  return found !== undefined && Object.hasOwn(value, key) ? found : undefined;
}

export function pathOf(cursor: Cursor): string {
  if (cursor.parent === undefined) return '';
  const parent = pathOf(cursor.parent);
  return parent === '' ? `${cursor.key}` : `${parent}.${cursor.key}`;
}

export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a map' : `${typeof value} \`${String(value).slice(0, 60)}\``;
}

export function wrongType(cursor: Cursor, wanted: string): undefined {
  const message = `expected ${wanted}, found ${describe(cursor.value)}`;
  cursor.report('wrong-type', pathOf(cursor), message, `write ${wanted}`);
  return undefined;
}

const snakeCase = (name: string) => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
/** By camelCase name; `undefined` where both are the same. */
const snakeNames = new Map<string, string | undefined>();
function otherName(name: string): string | undefined {
  const known = snakeNames.get(name);
  if (known !== undefined || snakeNames.has(name)) return known;
  const made = snakeCase(name);
  const other = made === name ? undefined : made;
  snakeNames.set(name, other);
  return other;
}

/** Stands for every field that is absent: there is nothing to report about it. */
const absent: Cursor = { value: undefined, key: '', report: () => undefined };

/** The field by its camelCase name, or its proto name in snake_case. `null` counts as absent. */
export function field(cursor: Cursor, name: string): Cursor {
  const { value: object } = cursor;
  if (object === undefined) return absent;
  const direct = own(object, name);
  const other = direct === undefined ? otherName(name) : undefined;
  const value = other === undefined ? direct : own(object, other);
  if (value === undefined || value === null) return absent;
  return { value, parent: cursor, key: name, report: cursor.report };
}

export const present = (cursor: Cursor) => cursor.value !== undefined;
