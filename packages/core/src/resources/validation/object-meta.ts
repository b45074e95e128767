import { describe, isObject, type JsonObject, own } from '../decode/cursor';
import type { DecodeFailure } from '../schema';

/** What the webhook reads of an object before its spec. */
export interface ObjectHeader {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly annotations: ReadonlyMap<string, string>;
  readonly spec: unknown;
}
export type HeaderResult =
  | { readonly ok: true; readonly header: ObjectHeader }
  | { readonly ok: false; readonly failure: DecodeFailure };

/** A field by its name in any letter case, as Go's `encoding/json` finds it. */
function goField(object: JsonObject, name: string): unknown {
  const exact = own(object, name);
  if (exact !== undefined) return exact;
  const wanted = name.toLowerCase();
  const key = Object.keys(object).find(item => item.toLowerCase() === wanted);
  return key === undefined ? undefined : object[key];
}

interface Reading {
  failure: DecodeFailure | undefined;
}

function fail(reading: Reading, path: string, wanted: string, value: unknown): void {
  reading.failure ??= { path, message: `expected ${wanted}, found ${describe(value)}` };
}

function readText(reading: Reading, value: unknown, path: string): string {
  if (typeof value === 'string') return value;
  if (value !== undefined && value !== null) fail(reading, path, 'a text', value);
  return '';
}

function readMap(reading: Reading, value: unknown, path: string): ReadonlyMap<string, string> {
  if (value === undefined || value === null) return new Map();
  if (!isObject(value)) {
    fail(reading, path, 'a map', value);
    return new Map();
  }
  return new Map(
    Object.entries(value).map(([key, item]) => [key, readText(reading, item, `${path}.${key}`)]),
  );
}

const texts = ['name', 'generateName', 'namespace', 'selfLink', 'uid', 'resourceVersion'] as const;
const numbers = ['generation', 'deletionGracePeriodSeconds'] as const;
const lists = ['ownerReferences', 'finalizers', 'managedFields'] as const;

/** Fields of `ObjectMeta` that decide nothing but have to have the right type. */
function checkRest(reading: Reading, metadata: JsonObject): void {
  for (const name of texts) readText(reading, goField(metadata, name), `metadata.${name}`);
  for (const name of numbers) {
    const value = goField(metadata, name) ?? 0;
    if (!Number.isInteger(value)) fail(reading, `metadata.${name}`, 'a whole number', value);
  }
  for (const name of lists) {
    const value = goField(metadata, name) ?? [];
    if (!Array.isArray(value)) fail(reading, `metadata.${name}`, 'a list', value);
  }
}

/** Decodes `TypeMeta` and `ObjectMeta` as the webhook does; unquoted YAML words in labels fail here. */
export function readHeader(value: unknown): HeaderResult {
  const reading: Reading = { failure: undefined };
  if (!isObject(value)) {
    fail(reading, '', 'a map', value);
    return { ok: false, failure: reading.failure ?? { path: '', message: '' } };
  }
  const given = goField(value, 'metadata');
  const metadata = isObject(given) ? given : {};
  if (given !== undefined && given !== null && !isObject(given)) {
    fail(reading, 'metadata', 'a map', given);
  }
  checkRest(reading, metadata);
  const header: ObjectHeader = {
    apiVersion: readText(reading, goField(value, 'apiVersion'), 'apiVersion'),
    kind: readText(reading, goField(value, 'kind'), 'kind'),
    name: readText(reading, goField(metadata, 'name'), 'metadata.name'),
    namespace: readText(reading, goField(metadata, 'namespace'), 'metadata.namespace'),
    labels: readMap(reading, goField(metadata, 'labels'), 'metadata.labels'),
    annotations: readMap(reading, goField(metadata, 'annotations'), 'metadata.annotations'),
    spec: goField(value, 'spec'),
  };
  return reading.failure === undefined
    ? { ok: true, header }
    : { ok: false, failure: reading.failure };
}
