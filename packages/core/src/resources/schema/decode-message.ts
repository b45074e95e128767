import { describe, isObject } from '../decode/cursor';
import { isGoBase64 } from './base64';
import { type Duration, parseGoDuration } from './duration';
import type {
  FieldEntry,
  IntegerType,
  ListType,
  MapType,
  MessageType,
  PlainType,
  WordsType,
} from './field-type';
import { unwrapType } from './table';
import type { MessageOf } from './value-of';

/** Why a value cannot be decoded; the first reason found, as Go stops there. */
export interface DecodeFailure {
  readonly path: string;
  readonly message: string;
}
export type DecodedMessage<Fields> =
  | { readonly ok: true; readonly value: MessageOf<Fields> }
  | { readonly ok: false; readonly failure: DecodeFailure };

interface Decoding {
  /** Minor version of Istio: fields and words that came later are unknown. */
  readonly minor: number;
  failure: DecodeFailure | undefined;
}

type Path = readonly [Path, string | number] | undefined;

export function formatPath(path: Path): string {
  if (path === undefined) return '';
  const parent = formatPath(path[0]);
  return parent === '' ? `${path[1]}` : `${parent}.${path[1]}`;
}

function fail(decoding: Decoding, path: Path, wanted: string, value: unknown): undefined {
  const message = `expected ${wanted}, found ${describe(value)}`;
  decoding.failure ??= { path: formatPath(path), message };
  return undefined;
}

const ranges: Readonly<Record<IntegerType['width'], readonly [number, number]>> = {
  int32: [-2_147_483_648, 2_147_483_647],
  uint32: [0, 4_294_967_295],
  int64: [-(2 ** 63), 2 ** 63],
  uint64: [0, 2 ** 64],
};

const quotedInteger = /^[ \t\r\n]*(-?(?:0|[1-9]\d*))[ \t\r\n]*$/;
const quotedNumber = /^[ \t\r\n]*(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?)[ \t\r\n]*$/;
const quotedNull = /^[ \t\r\n]*null[ \t\r\n]*$/;

/** jsonpb takes quotes off numbers; what is inside has to be a JSON number (or `null`, which leaves zero). */
function unquote(value: unknown, form: RegExp): unknown {
  if (typeof value !== 'string') return value ?? 0;
  if (quotedNull.test(value)) return 0;
  const match = form.exec(value);
  return match === null ? undefined : Number(match[1]);
}

function readInteger(decoding: Decoding, type: IntegerType, value: unknown, path: Path) {
  const number = unquote(value, quotedInteger);
  const [least, most] = ranges[type.width];
  return typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most
    ? number
    : fail(decoding, path, 'a whole number', value);
}

function readDouble(decoding: Decoding, value: unknown, path: Path): number | undefined {
  if (value === 'NaN') return Number.NaN;
  if (value === 'Infinity') return Number.POSITIVE_INFINITY;
  if (value === '-Infinity') return Number.NEGATIVE_INFINITY;
  const number = unquote(value, quotedNumber);
  return typeof number === 'number' && Number.isFinite(number)
    ? number
    : fail(decoding, path, 'a number', value);
}

function readBytes(decoding: Decoding, value: unknown, path: Path): string | undefined {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' && isGoBase64(value)
    ? value
    : fail(decoding, path, 'base64', value);
}

/** An enum: a word in its exact spelling, or any 32-bit number. */
function readWord(decoding: Decoding, type: WordsType<string>, value: unknown, path: Path) {
  if (typeof value === 'string') {
    const since = type.since.get(value) ?? 0;
    return type.names.includes(value) && decoding.minor >= since
      ? value
      : fail(decoding, path, `one of ${type.names.join(', ')}`, value);
  }
  const number = value ?? 0;
  if (typeof number !== 'number' || !Number.isInteger(number) || Math.abs(number) > 2_147_483_648) {
    return fail(decoding, path, `one of ${type.names.join(', ')}`, value);
  }
  const word = type.numbers.get(number);
  return word !== undefined && decoding.minor >= (type.since.get(word) ?? 0) ? word : number;
}

function readDuration(decoding: Decoding, value: unknown, path: Path): Duration | undefined {
  const duration = typeof value === 'string' ? parseGoDuration(value) : undefined;
  return duration ?? fail(decoding, path, 'a duration such as `5s`', value);
}

function readList(decoding: Decoding, type: ListType<PlainType>, value: unknown, path: Path) {
  if (!Array.isArray(value)) return fail(decoding, path, 'a list', value);
  const item = unwrapType(type.item);
  return value.map((element: unknown, at) => readElement(decoding, item, element, [path, at]));
}

function readMap(decoding: Decoding, type: MapType<PlainType>, value: unknown, path: Path) {
  if (!isObject(value)) return fail(decoding, path, 'a map', value);
  const item = unwrapType(type.item);
  const result = new Map<string, unknown>();
  for (const [key, element] of Object.entries(value)) {
    const at: Path = [path, key];
    const name = type.keys === 'text' ? key : readKey(decoding, key, at);
    result.set(name, readElement(decoding, item, element, at));
  }
  return result;
}

/** A key that is a number in protobuf. */
function readKey(decoding: Decoding, key: string, path: Path): string {
  const number = readInteger(decoding, { kind: 'integer', width: 'uint32' }, key, path);
  return `${number ?? 0}`;
}

/** Decodes a value that is there: `null` in a list or map stands for the zero value, as in Go. */
function readElement(decoding: Decoding, type: PlainType, value: unknown, path: Path): unknown {
  switch (type.kind) {
    case 'bytes':
      return readBytes(decoding, value, path);
    case 'text':
      return typeof value === 'string' ? value : readNullAs(decoding, '', 'a text', value, path);
    case 'bool':
      return typeof value === 'boolean'
        ? value
        : readNullAs(decoding, false, '`true` or `false`', value, path);
    case 'integer':
      return readInteger(decoding, type, value, path);
    case 'double':
      return readDouble(decoding, value, path);
    case 'words':
      return readWord(decoding, type, value, path);
    case 'duration':
      return readDuration(decoding, value, path);
    case 'struct':
      return isObject(value) ? value : fail(decoding, path, 'a map', value);
    case 'nullable':
      return readElement(decoding, unwrapType(type.inner), value, path);
    case 'list':
      return readList(decoding, type as ListType<PlainType>, value, path);
    case 'map':
      return readMap(decoding, type as MapType<PlainType>, value, path);
    case 'message':
      return readMessage(decoding, type, value, path);
  }
}

function readNullAs(
  decoding: Decoding,
  zero: unknown,
  wanted: string,
  value: unknown,
  path: Path,
): unknown {
  return value === null || value === undefined ? zero : fail(decoding, path, wanted, value);
}

function readMessage(
  decoding: Decoding,
  type: MessageType<Readonly<Record<string, unknown>>>,
  value: unknown,
  path: Path,
  base: Readonly<Record<string, unknown>> = type.table.zero,
): unknown {
  const { table } = type;
  const result: Record<string, unknown> = { ...base };
  if (value === null || value === undefined) return result;
  if (!isObject(value)) return fail(decoding, path, 'a map', value);
  for (const key of Object.keys(value)) {
    const entry = table.byName.get(key);
    const item = value[key];
    if (entry === undefined || item === null || item === undefined) continue;
    if (decoding.minor < entry.since) continue;
    if (key !== entry.name && Object.hasOwn(value, entry.name)) continue;
    result[entry.name] = readElement(decoding, entry.type, item, [path, key]);
    if (decoding.failure !== undefined) return result;
  }
  for (const group of table.groups) settleChoice(result, group);
  return result;
}

/** Of several members of a oneof the last one declared stays. */
function settleChoice(result: Record<string, unknown>, group: readonly FieldEntry[]): void {
  const given = group.filter(entry => result[entry.name] !== undefined);
  for (const entry of given.slice(0, -1)) result[entry.name] = undefined;
}

export interface DecodeMessageOptions<Fields> {
  /** Minor version of Istio: fields and words that came later are unknown. */
  readonly minor: number;
  /** A message to start from: fields that are given replace its fields as a whole. */
  readonly base?: MessageOf<Fields>;
}

/**
 * Decodes JSON as istiod does (`golang/protobuf` jsonpb with unknown fields allowed): names in camelCase or snake_case,
 * enums by word or number, numbers also as texts, durations as Go writes them; `null` leaves the default.
 */
export function decodeMessage<Fields>(
  type: MessageType<Fields>,
  value: unknown,
  { minor, base }: DecodeMessageOptions<Fields>,
): DecodedMessage<Fields> {
  const decoding: Decoding = { minor, failure: undefined };
  const anyType = type as MessageType<Readonly<Record<string, unknown>>>;
  const start = base as Readonly<Record<string, unknown>> | undefined;
  const message = readMessage(decoding, anyType, value, undefined, start);
  return decoding.failure === undefined
    ? { ok: true, value: message as MessageOf<Fields> }
    : { ok: false, failure: decoding.failure };
}
