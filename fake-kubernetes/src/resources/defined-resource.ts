import { isJsonObject, type JsonObject, objectAt, textAt } from '../json-object';
import type { ApiResource } from './api-resource';
import { pluralOf } from './plural-of';

const textsAt = (object: JsonObject, field: string): readonly string[] => {
  const value = object[field];
  return Array.isArray(value) ? value.filter(entry => typeof entry === 'string') : [];
};

/** The resource that a CustomResourceDefinition defines; undefined when it names no group or kind. */
export function definedResource(definition: JsonObject): ApiResource | undefined {
  const spec = objectAt(definition, 'spec');
  const names = objectAt(spec, 'names');
  const group = textAt(spec, 'group');
  const kind = textAt(names, 'kind');
  if (group === undefined || kind === undefined) return undefined;
  const versions = Array.isArray(spec.versions) ? spec.versions.filter(isJsonObject) : [];
  return {
    group,
    versions: versions
      .filter(version => version.served !== false)
      .flatMap(version => textAt(version, 'name') ?? []),
    kind,
    plural: textAt(names, 'plural') ?? pluralOf(kind),
    namespaced: textAt(spec, 'scope') !== 'Cluster',
    shortNames: textsAt(names, 'shortNames'),
    categories: textsAt(names, 'categories'),
    custom: true,
  };
}
