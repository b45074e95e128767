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
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
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
const snakeNames = new Map<string, string>();
function snake(name: string): string {
  const known = snakeNames.get(name);
  if (known !== undefined) return known;
  const made = snakeCase(name);
  snakeNames.set(name, made);
  return made;
}

/** The field by its camelCase name, or its proto name in snake_case. `null` counts as absent. */
export function field(cursor: Cursor, name: string): Cursor {
  const direct = own(cursor.value, name);
  const other = direct === undefined ? snake(name) : name;
  const value = other === name ? direct : own(cursor.value, other);
  return { value: value ?? undefined, parent: cursor, key: name, report: cursor.report };
}

export const present = (cursor: Cursor) => cursor.value !== undefined;
