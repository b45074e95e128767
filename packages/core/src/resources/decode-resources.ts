import type { SourceRef } from '../origin';
import { isObject, own } from './decode/cursor';
import { type Decoding, emptyLists, refuseDocument } from './decode/decoding';
import { decodeNamedObject } from './decode-object';
import type { DecodedResources, DecodeResult } from './decoded';
import { decodeInstallation } from './installation/decode-installation';
import type { RawResource } from './resource';

export interface DecodeOptions {
  /** Namespace of objects that name none; `default` when not given, as kubectl does. */
  readonly defaultNamespace?: string;
  /** Version of Istio whose webhook and CRDs judge the objects; the newest known one when not given. */
  readonly istioVersion?: string;
}

/** Lists inside lists are followed this far. */
const deepestList = 8;

function decodeList(decoding: Decoding, value: unknown, source: SourceRef, depth: number): void {
  const items = own(value, 'items');
  if (!Array.isArray(items)) {
    const message = 'the list has no `items`';
    refuseDocument(decoding, source, { code: 'no-items', message, hint: 'add the objects' });
    return;
  }
  items.forEach((item: unknown, index) => {
    const path = source.item === undefined ? `items.${index}` : `${source.item}.items.${index}`;
    decodeValue(decoding, item, { ...source, item: path }, depth + 1);
  });
}

const isList = (value: unknown, kind: string) =>
  kind === 'List' || (kind.endsWith('List') && Array.isArray(own(value, 'items')));

/** A document, or an item of a list. */
function decodeValue(decoding: Decoding, value: unknown, source: SourceRef, depth: number): void {
  if (value === undefined || value === null) return;
  const refuse = (code: string, message: string, hint: string) =>
    refuseDocument(decoding, source, { code, message, hint });
  if (!isObject(value)) {
    refuse('not-an-object', 'the document is no map', 'write one Kubernetes object per document');
    return;
  }
  const kind = own(value, 'kind');
  const apiVersion = own(value, 'apiVersion');
  const text = (name: unknown) => (typeof name === 'string' ? name : '');
  const type = { kind: text(kind), apiVersion: text(apiVersion) };
  if (decodeInstallation(decoding, value, type, source)) return;
  if (typeof kind !== 'string' || typeof apiVersion !== 'string') {
    refuse('no-kind', 'the document has no `apiVersion` and `kind`', 'add both fields');
  } else if (!isList(value, kind)) {
    decodeNamedObject(decoding, { value, kind, apiVersion, source });
  } else if (depth < deepestList) decodeList(decoding, value, source, depth);
  else refuse('too-deep', `lists are nested more than ${deepestList} deep`, 'write them flat');
}

/**
 * Decodes objects of every kind that decides answers. Nothing is dropped in silence: what is wrong or not used is an
 * issue, and the rest of the object is used all the same, as in a cluster whose admission webhook is off.
 */
export function decodeResources(
  raw: readonly RawResource[],
  options: DecodeOptions = {},
): DecodeResult {
  const decoding: Decoding = {
    lists: emptyLists(),
    issues: [],
    defaultNamespace: options.defaultNamespace ?? 'default',
    istioVersion: options.istioVersion,
  };
  for (const { value, source } of raw) decodeValue(decoding, value, source, 0);
  return { resources: decoding.lists as DecodedResources, issues: decoding.issues };
}
