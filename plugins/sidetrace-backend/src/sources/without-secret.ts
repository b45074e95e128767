import type { RawResource } from '@sidetrace/core';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
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

/**
 * A resource as it may be stored: a Secret without its values. Its annotations may repeat them
 * (`kubectl.kubernetes.io/last-applied-configuration`).
 */
export function withoutSecret(resource: RawResource): RawResource {
  const { value, source } = resource;
  if (!isObject(value) || value.kind !== 'Secret') return resource;
  const { apiVersion, kind, type, metadata, data, stringData } = value;
  const { name, namespace, labels } = isObject(metadata) ? metadata : {};
  const kept = {
    apiVersion,
    kind,
    type,
    metadata: { name, namespace, labels },
    data: hiddenValues(data, 'base64'),
    stringData: hiddenValues(stringData, 'utf8'),
  };
  return { value: JSON.parse(JSON.stringify(kept)), source };
}
