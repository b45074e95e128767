/** The part of JSON Schema that `expectationsSchema` uses. */
interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly format?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
}

export interface SchemaError {
  readonly path: string;
  readonly message: string;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const at = (path: string, key: string | number) => (path === '' ? String(key) : `${path}.${key}`);

function checkObject(
  schema: Schema,
  value: Readonly<Record<string, unknown>>,
  path: string,
): SchemaError[] {
  const errors: SchemaError[] = [];
  for (const key of schema.required ?? []) {
    if (!Object.hasOwn(value, key))
      errors.push({ path: at(path, key), message: `\`${key}\` is missing` });
  }
  for (const [key, item] of Object.entries(value)) {
    const { properties = {}, additionalProperties } = schema;
    const known = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (known !== undefined) errors.push(...checkSchema(known, item, at(path, key)));
    else if (additionalProperties === false)
      errors.push({ path: at(path, key), message: `unknown field \`${key}\`` });
    else if (isSchema(additionalProperties))
      errors.push(...checkSchema(additionalProperties, item, at(path, key)));
  }
  return errors;
}

const isSchema = (value: boolean | Schema | undefined): value is Schema =>
  typeof value === 'object';

const quoted = (values: readonly unknown[]) =>
  values.map(value => `\`${String(value)}\``).join(', ');

/** The values, or of many those that share most of their words with what was written. */
function shown(values: readonly unknown[], written: unknown): string {
  if (values.length <= 8) return quoted(values);
  const words = new Set(
    String(written)
      .toLowerCase()
      .split(/[^a-z0-9]+/),
  );
  const ranked = values
    .map(value => ({
      value,
      points: String(value)
        .split('-')
        .filter(word => words.has(word)).length,
    }))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points)
    .slice(0, 3);
  const known = `the ${values.length} known values`;
  return ranked.length === 0
    ? known
    : `${known}; near are ${quoted(ranked.map(({ value }) => value))}`;
}

function checkText(schema: Schema, value: string, path: string): SchemaError[] {
  if (schema.pattern !== undefined && !new RegExp(schema.pattern).test(value)) {
    return [{ path, message: `\`${value}\` may hold lower-case letters, digits, dots and dashes` }];
  }
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(value);
  return schema.format === 'date' && !isDate
    ? [{ path, message: `\`${value}\` is no date (yyyy-mm-dd)` }]
    : [];
}

/** Where a value does not follow the schema. */
export function checkSchema(schema: Schema, value: unknown, path = ''): SchemaError[] {
  if (schema.oneOf !== undefined) {
    const fits = schema.oneOf.some(option => checkSchema(option, value, path).length === 0);
    return fits ? [] : [{ path, message: 'has none of the allowed forms' }];
  }
  if ('const' in schema && value !== schema.const) {
    return [{ path, message: `must be \`${String(schema.const)}\`` }];
  }
  if (schema.enum !== undefined && !schema.enum.includes(value)) {
    return [{ path, message: `\`${String(value)}\` is none of ${shown(schema.enum, value)}` }];
  }
  switch (schema.type) {
    case 'object':
      return isObject(value)
        ? checkObject(schema, value, path)
        : [{ path, message: 'must be a map' }];
    case 'array': {
      const { items = {} } = schema;
      if (!Array.isArray(value)) return [{ path, message: 'must be a list' }];
      return value.flatMap((item: unknown, i) => checkSchema(items, item, at(path, i)));
    }
    case 'string':
      return typeof value === 'string'
        ? checkText(schema, value, path)
        : [{ path, message: 'must be text' }];
    default:
      return [];
  }
}
