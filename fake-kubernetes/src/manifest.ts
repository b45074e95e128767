import { isJsonObject, type JsonObject, objectAt, textAt } from './json-object';

/** The objects of a manifest: the items of a `List`, else itself. */
export function objectsOf(manifest: JsonObject): readonly JsonObject[] {
  const { items } = manifest;
  const isList = textAt(manifest, 'kind')?.endsWith('List') === true;
  return isList && Array.isArray(items) ? items.filter(isJsonObject) : [manifest];
}

/** Why the server does not take a manifest; undefined when it does. */
export function refusalOf(manifest: JsonObject): string | undefined {
  for (const object of objectsOf(manifest)) {
    const missing = ['apiVersion', 'kind'].find(field => textAt(object, field) === undefined);
    if (missing !== undefined) return `an object has no ${missing}`;
    if (textAt(objectAt(object, 'metadata'), 'name') === undefined) {
      return `an object of kind ${object.kind} has no name`;
    }
  }
  return undefined;
}
