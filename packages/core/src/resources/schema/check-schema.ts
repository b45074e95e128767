import { describe, isObject, own } from '../decode/cursor';
import { isFormatByte } from './base64';
import { formatPath } from './decode-message';
import type {
  BoolType,
  BytesType,
  DoubleType,
  DurationType,
  FieldEntry,
  IntegerType,
  ListType,
  MapType,
  MessageType,
  PlainType,
  StructType,
  TextType,
  WordsType,
} from './field-type';
import { atLeastOneMillisecond } from './rules';
import type { SchemaRule } from './schema-rule';
import { unwrapType } from './table';

/** One thing that the API server objects to. */
export interface SchemaViolation {
  readonly kind: 'type' | 'value' | 'required' | 'unknown-field' | 'choice' | 'rule';
  readonly path: string;
  readonly message: string;
}

type Path = Parameters<typeof formatPath>[0];

type ScalarType = BytesType | DurationType | DoubleType | BoolType | StructType;

const formatByte: SchemaRule = {
  message: 'must be of type byte',
  holds: value => typeof value !== 'string' || isFormatByte(value),
};

interface Checking {
  readonly minor: number;
  readonly violations: SchemaViolation[];
}

function violate(
  checking: Checking,
  kind: SchemaViolation['kind'],
  path: Path,
  message: string,
): void {
  checking.violations.push({ kind, path: formatPath(path), message });
}

function wrongType(checking: Checking, path: Path, wanted: string, value: unknown): void {
  violate(checking, 'type', path, `expected ${wanted}, found ${describe(value)}`);
}

function checkRules(
  checking: Checking,
  rules: readonly SchemaRule[] | undefined,
  value: unknown,
  path: Path,
): void {
  for (const rule of rules ?? []) {
    if (!rule.holds(value)) violate(checking, 'rule', path, rule.message);
  }
}

/** Length in characters, as JSON schema counts it. */
function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

function checkText(checking: Checking, type: TextType, value: unknown, path: Path): void {
  if (typeof value !== 'string') {
    wrongType(checking, path, 'a text', value);
    return;
  }
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern } = type;
  const length = minLength > 0 || type.maxLength !== undefined ? lengthOf(value) : 0;
  if (length < minLength) violate(checking, 'value', path, `shorter than ${minLength} characters`);
  if (length > maxLength) violate(checking, 'value', path, `longer than ${maxLength} characters`);
  if (pattern !== undefined && !pattern.test(value)) {
    violate(
      checking,
      'value',
      path,
      `\`${value.slice(0, 60)}\` does not match \`${pattern.source}\``,
    );
  }
  checkRules(checking, type.rules, value, path);
}

const limits: Readonly<Record<IntegerType['width'], readonly [number, number]>> = {
  int32: [-2_147_483_648, 2_147_483_647],
  uint32: [0, 4_294_967_295],
  int64: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  uint64: [0, Number.POSITIVE_INFINITY],
};

function checkRange(
  checking: Checking,
  { minimum, maximum }: { readonly minimum?: number; readonly maximum?: number },
  value: number,
  path: Path,
): void {
  if (minimum !== undefined && value < minimum) {
    violate(checking, 'value', path, `less than ${minimum}`);
  }
  if (maximum !== undefined && value > maximum) {
    violate(checking, 'value', path, `greater than ${maximum}`);
  }
}

function checkInteger(checking: Checking, type: IntegerType, value: unknown, path: Path): void {
  if (!Number.isInteger(value) || typeof value !== 'number') {
    wrongType(checking, path, 'a whole number', value);
    return;
  }
  const [minimum, maximum] = limits[type.width];
  checkRange(checking, { minimum, maximum }, value, path);
  checkRange(checking, type, value, path);
  checkRules(checking, type.rules, value, path);
}

function checkWord(checking: Checking, type: WordsType<string>, value: unknown, path: Path): void {
  const words = type.names.filter(
    name => !type.hidden.has(name) && checking.minor >= (type.since.get(name) ?? 0),
  );
  if (!words.some(word => word === value)) {
    wrongType(checking, path, `one of ${words.join(', ')}`, value);
  }
}

/** Compares by the value of the key field: a second item with the same one is a duplicate. */
function checkUnique(checking: Checking, list: readonly unknown[], key: string, path: Path): void {
  const seen = new Set<unknown>();
  list.forEach((item, at) => {
    const value = own(item, key);
    if (seen.has(value)) violate(checking, 'value', [path, at], `duplicate \`${key}\``);
    seen.add(value);
  });
}

function checkList(
  checking: Checking,
  type: ListType<PlainType>,
  value: unknown,
  path: Path,
): void {
  if (!Array.isArray(value)) {
    wrongType(checking, path, 'a list', value);
    return;
  }
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY } = type;
  if (value.length < minItems) violate(checking, 'value', path, `fewer than ${minItems} items`);
  if (value.length > maxItems) violate(checking, 'value', path, `more than ${maxItems} items`);
  const item = unwrapType(type.item);
  value.forEach((element: unknown, at) => {
    checkValue(checking, item, element, [path, at]);
  });
  if (type.uniqueBy !== undefined) checkUnique(checking, value, type.uniqueBy, path);
  checkRules(checking, type.rules, value, path);
}

function checkMap(checking: Checking, type: MapType<PlainType>, value: unknown, path: Path): void {
  if (!isObject(value)) {
    wrongType(checking, path, 'a map', value);
    return;
  }
  const keys = Object.keys(value);
  const { minProperties = 0, maxProperties = Number.POSITIVE_INFINITY } = type;
  if (keys.length < minProperties) {
    violate(checking, 'value', path, `fewer than ${minProperties} entries`);
  }
  if (keys.length > maxProperties) {
    violate(checking, 'value', path, `more than ${maxProperties} entries`);
  }
  const item = unwrapType(type.item);
  for (const key of keys) checkValue(checking, item, value[key], [path, key]);
  checkRules(checking, type.rules, value, path);
}

const knows = (checking: Checking, entry: FieldEntry | undefined): entry is FieldEntry =>
  entry !== undefined && !entry.hidden && checking.minor >= entry.crdSince;

function checkMessage(
  checking: Checking,
  type: MessageType<Readonly<Record<string, unknown>>>,
  value: unknown,
  path: Path,
): void {
  if (!isObject(value)) {
    wrongType(checking, path, 'a map', value);
    return;
  }
  const { table } = type;
  for (const key of Object.keys(value)) {
    const entry = table.byExactName.get(key);
    if (knows(checking, entry)) checkValue(checking, entry.type, value[key], [path, key]);
    else violate(checking, 'unknown-field', [path, key], `field \`${key}\` is not known`);
  }
  for (const entry of table.required) {
    if (own(value, entry.name) === undefined) {
      violate(checking, 'required', [path, entry.name], `\`${entry.name}\` is missing`);
    }
  }
  for (const group of table.groups) {
    const given = group.filter(entry => own(value, entry.name) !== undefined);
    if (given.length > 1) {
      const names = given.map(entry => entry.name).join(', ');
      violate(checking, 'choice', path, `only one of ${names} can be set`);
    }
  }
  checkRules(checking, type.rules, value, path);
}

function checkScalar(checking: Checking, type: ScalarType, value: unknown, path: Path): void {
  switch (type.kind) {
    case 'bytes':
      checkText(checking, { kind: 'text', rules: [formatByte] }, value, path);
      return;
    case 'duration': {
      const rules = type.checked ? [atLeastOneMillisecond] : [];
      checkText(checking, { kind: 'text', rules }, value, path);
      return;
    }
    case 'double':
      if (typeof value === 'number') checkRange(checking, type, value, path);
      else wrongType(checking, path, 'a number', value);
      return;
    case 'bool':
      if (typeof value !== 'boolean') wrongType(checking, path, '`true` or `false`', value);
      return;
    case 'struct':
      if (!isObject(value)) wrongType(checking, path, 'a map', value);
      return;
  }
}

function checkValue(checking: Checking, type: PlainType, value: unknown, path: Path): void {
  switch (type.kind) {
    case 'text':
      checkText(checking, type, value, path);
      return;
    case 'integer':
      checkInteger(checking, type, value, path);
      return;
    case 'words':
      checkWord(checking, type, value, path);
      return;
    case 'nullable':
      if (value !== null) checkValue(checking, unwrapType(type.inner), value, path);
      return;
    case 'list':
      checkList(checking, type as ListType<PlainType>, value, path);
      return;
    case 'map':
      checkMap(checking, type as MapType<PlainType>, value, path);
      return;
    case 'message':
      checkMessage(checking, type, value, path);
      return;
    default:
      checkScalar(checking, type, value, path);
  }
}

/** What the API server's structural schema and CEL rules object to in a value, and fields they do not know. */
export function checkSchema(
  type: PlainType,
  value: unknown,
  minor: number,
  at: string,
): readonly SchemaViolation[] {
  const checking: Checking = { minor, violations: [] };
  checkValue(checking, type, value, at === '' ? undefined : [undefined, at]);
  return checking.violations;
}
