import type { RawResource } from '@sidetrace/core';
import { stripPodSpecs } from '@sidetrace/loader/cluster';

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A block as RFC 7468 frames it; only what it is of is kept. */
const pem = /-----BEGIN ([A-Z0-9 ]+)-----\s+[A-Za-z0-9+/=\s]+-----END \1-----/g;

/** Of a value what kinds of PEM blocks it has: that a Gateway's credential is one at all is checked. */
function hidden(text: unknown, encoding: 'base64' | 'utf8'): string {
  if (typeof text !== 'string') return '';
  const plain = Buffer.from(text, encoding).toString('latin1');
  const blocks = [...plain.matchAll(pem)].map(
    ([, label]) => `-----BEGIN ${label}-----\nhidden\n-----END ${label}-----\n`,
  );
  return Buffer.from(blocks.join('')).toString(encoding);
}

const hiddenValues = (values: unknown, encoding: 'base64' | 'utf8') =>
  isObject(values)
    ? Object.fromEntries(Object.keys(values).map(key => [key, hidden(values[key], encoding)]))
    : undefined;

function hideSecret({ apiVersion, type, metadata, data, stringData }: JsonObject): JsonObject {
  const { name, namespace, labels } = isObject(metadata) ? metadata : {};
  const kept = {
    apiVersion,
    kind: 'Secret',
    type,
    metadata: { name, namespace, labels },
    data: hiddenValues(data, 'base64'),
    stringData: hiddenValues(stringData, 'utf8'),
  };
  return JSON.parse(JSON.stringify(kept));
}

/** A value as it may be stored, and whether something of it may not. */
interface Storable {
  readonly value: unknown;
  readonly hides: boolean;
}

function hideInList(list: JsonObject, items: readonly unknown[]): Storable {
  // items of a SecretList need not say their kind
  const kind = list.kind === 'SecretList' ? 'Secret' : undefined;
  const kept = items.map(item =>
    hide(kind !== undefined && isObject(item) ? { ...item, kind } : item),
  );
  const hides = kept.some(item => item.hides);
  return { value: { ...list, items: kept.map(({ value }) => value) }, hides };
}

function hide(value: unknown): Storable {
  if (!isObject(value)) return { value, hides: false };
  if (value.kind === 'Secret') return { value: hideSecret(value), hides: true };
  const { items } = value;
  if (Array.isArray(items)) return hideInList(value, items);
  const { object, hidden } = stripPodSpecs(value);
  if (hidden.length === 0) return { value, hides: false };
  return { value: withoutLastApplied(object), hides: true };
}

/** kubectl's copy of what was applied repeats what is hidden. */
function withoutLastApplied(object: JsonObject): JsonObject {
  const { metadata } = object;
  if (!isObject(metadata) || !isObject(metadata.annotations)) return object;
  const { 'kubectl.kubernetes.io/last-applied-configuration': _, ...annotations } =
    metadata.annotations;
  return { ...object, metadata: { ...metadata, annotations } };
}

/**
 * A resource as it may be stored, also inside of lists: Secrets without their values, containers without the values of
 * environment variables whose names look secret, as of a cluster.
 */
export function withoutSecret({ value, source }: RawResource): RawResource {
  return { value: hide(value).value, source };
}

/** True when not all of a resource may be stored: then its text may not either. */
export const holdsSecret = ({ value }: RawResource): boolean => hide(value).hides;
