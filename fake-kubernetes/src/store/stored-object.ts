import { createHash } from 'node:crypto';
import { type JsonObject, objectAt } from '../json-object';
import { type ApiResource, qualifiedName } from '../resources';

/** The same for the same object in every run, so that answers can be compared. */
function uidOf(resource: ApiResource, namespace: string, name: string): string {
  const digest = createHash('sha256')
    .update(`${qualifiedName(resource)}/${namespace}/${name}`)
    .digest('hex');
  return [8, 12, 16, 20, 32]
    .map((end, index, ends) => digest.slice(ends[index - 1] ?? 0, end))
    .join('-');
}

/** An object as the server keeps it: with the metadata that a server adds, unless the object has its own. */
export function storedObject(
  resource: ApiResource,
  object: JsonObject,
  place: { readonly namespace: string; readonly name: string; readonly version: number },
): JsonObject {
  const { namespace, name, version } = place;
  return {
    ...object,
    metadata: {
      creationTimestamp: '2026-01-01T00:00:00Z',
      generation: 1,
      uid: uidOf(resource, namespace, name),
      ...objectAt(object, 'metadata'),
      ...(resource.namespaced ? { namespace } : {}),
      resourceVersion: String(version),
    },
  };
}

/** An object with another resourceVersion. */
export const atVersion = (object: JsonObject, version: number): JsonObject => ({
  ...object,
  metadata: { ...objectAt(object, 'metadata'), resourceVersion: String(version) },
});
