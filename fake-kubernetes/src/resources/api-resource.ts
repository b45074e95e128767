/** A resource as discovery describes it: what objects of one kind are called in URLs. */
export interface ApiResource {
  /** `''` is the core group. */
  readonly group: string;
  /** The versions it is served in, the preferred one first. An object can be read in each of them. */
  readonly versions: readonly string[];
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  readonly shortNames: readonly string[];
  /** Names that stand for several resources, such as `all`. */
  readonly categories: readonly string[];
  /** Defined by a CustomResourceDefinition: items of its lists carry their kind, those of built-in resources do not. */
  readonly custom: boolean;
}

/** `serviceentries.networking.istio.io`, `pods`: how the API server's messages name a resource. */
export const qualifiedName = (resource: ApiResource): string =>
  resource.group === '' ? resource.plural : `${resource.plural}.${resource.group}`;

/** `networking.istio.io/v1`, `v1`. */
export const apiVersionOf = (group: string, version: string): string =>
  group === '' ? version : `${group}/${version}`;

/** The group and version of an apiVersion (apimachinery `schema.ParseGroupVersion`). */
export function parseApiVersion(apiVersion: string): { group: string; version: string } {
  const slash = apiVersion.indexOf('/');
  return slash < 0
    ? { group: '', version: apiVersion }
    : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}
