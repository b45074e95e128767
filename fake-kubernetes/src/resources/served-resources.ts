import { type JsonObject, objectAt, textAt } from '../json-object';
import { type ApiResource, parseApiVersion } from './api-resource';
import { definedResource } from './defined-resource';
import { knownResources } from './known-resources';
import { pluralOf } from './plural-of';

/** What the server serves. */
export interface ServedResources {
  all(): readonly ApiResource[];
  find(group: string, version: string, plural: string): ApiResource | undefined;
  /** The resource of an object, which the server serves from then on. */
  learn(object: JsonObject): ApiResource;
}

function derivedResource(object: JsonObject, group: string, version: string): ApiResource {
  const kind = textAt(object, 'kind') ?? '';
  return {
    group,
    versions: [version],
    kind,
    plural: pluralOf(kind),
    namespaced: textAt(objectAt(object, 'metadata'), 'namespace') !== undefined,
    shortNames: [],
    categories: [],
    custom: true,
  };
}

/**
 * Kubernetes' own resources are served always, Istio's and the Gateway API's where their group is installed or from
 * its first object on (the definitions of a group are installed together), those of a CustomResourceDefinition from it on, others as the
 * first object of the kind suggests.
 */
export function createServedResources(installed: readonly string[] = []): ServedResources {
  const byKind = new Map<string, ApiResource>();
  const serve = (resource: ApiResource) =>
    byKind.set(`${resource.group}/${resource.kind}`, resource);
  const install = (group: string) => {
    for (const known of knownResources) {
      if (known.group === group && !byKind.has(`${group}/${known.kind}`)) serve(known);
    }
  };
  for (const resource of knownResources) if (!resource.custom) serve(resource);
  installed.forEach(install);

  function resourceOf(object: JsonObject): ApiResource {
    const { group, version } = parseApiVersion(textAt(object, 'apiVersion') ?? '');
    const key = `${group}/${textAt(object, 'kind') ?? ''}`;
    if (!byKind.has(key)) install(group);
    const served = byKind.get(key) ?? derivedResource(object, group, version);
    const resource = served.versions.includes(version)
      ? served
      : { ...served, versions: [...served.versions, version] };
    serve(resource);
    return resource;
  }

  return {
    all: () => [...byKind.values()],
    find: (group, version, plural) =>
      [...byKind.values()].find(
        resource =>
          resource.group === group &&
          resource.plural === plural &&
          resource.versions.includes(version),
      ),
    learn(object) {
      const resource = resourceOf(object);
      const defined =
        resource.kind === 'CustomResourceDefinition' ? definedResource(object) : undefined;
      if (defined !== undefined) serve(defined);
      return resource;
    },
  };
}
