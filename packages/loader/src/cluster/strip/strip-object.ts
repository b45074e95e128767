import { isJsonObject, type JsonObject, member } from '../request';
import { type StrippedObject, stripPodSpecs } from './strip-env';

/** A copy of every apply, values included. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

const without = (object: JsonObject, name: string): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));

/** Metadata without what says nothing about the object but how it came about, and may repeat values of it. */
function stripMetadata(metadata: JsonObject): JsonObject {
  const {
    managedFields: _fields,
    resourceVersion: _version,
    generation: _count,
    selfLink: _self,
    annotations,
    ...rest
  } = metadata;
  if (annotations === undefined) return rest;
  return {
    ...rest,
    annotations: isJsonObject(annotations) ? without(annotations, lastApplied) : annotations,
  };
}

/** Of a node's status its software; the rest changes every few seconds. */
function stripStatus(object: JsonObject): JsonObject {
  const status = member(object, 'status');
  if (member(object, 'kind') !== 'Node' || !isJsonObject(status)) return object;
  return { ...object, status: { nodeInfo: member(status, 'nodeInfo') } };
}

/**
 * An object as it may be kept: without managedFields and versions, without kubectl's copy of what was applied, and without the
 * values of environment variables that look secret. Undefined for a Secret.
 */
export function stripObject(object: JsonObject): StrippedObject | undefined {
  if (member(object, 'kind') === 'Secret') return undefined;
  const metadata = member(object, 'metadata');
  const bare = isJsonObject(metadata) ? { ...object, metadata: stripMetadata(metadata) } : object;
  return stripPodSpecs(stripStatus(bare));
}
