import type { JsonObject } from '../json-object';
import { type ApiResource, apiVersionOf } from '../resources';

/** An object in the version that the URL names, with its kind. */
export const presentedObject = (
  object: JsonObject,
  resource: ApiResource,
  version: string,
): JsonObject => ({
  ...object,
  apiVersion: apiVersionOf(resource.group, version),
  kind: resource.kind,
});

/**
 * An object as an item of a list. Items of built-in resources carry neither kind nor apiVersion, those of custom
 * resources do (apiserver encodes typed lists, apiextensions unstructured ones).
 */
export function presentedItem(
  object: JsonObject,
  resource: ApiResource,
  version: string,
): JsonObject {
  if (resource.custom) return presentedObject(object, resource, version);
  const { apiVersion, kind, ...rest } = object;
  return rest;
}
