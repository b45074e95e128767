/** What a path of the API stands for. */
export type Route =
  | { readonly kind: 'version' }
  | { readonly kind: 'health' }
  | { readonly kind: 'core-versions' }
  | { readonly kind: 'groups' }
  | { readonly kind: 'group'; readonly group: string }
  | { readonly kind: 'resources'; readonly group: string; readonly version: string }
  | { readonly kind: 'openapi' }
  | ResourceRoute
  | { readonly kind: 'unknown' };

/** All objects of a resource, those of one namespace, or one object. */
export interface ResourceRoute {
  readonly kind: 'resource';
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly namespace?: string;
  readonly name?: string;
}

const fixed: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['/version', { kind: 'version' }],
  ['/healthz', { kind: 'health' }],
  ['/livez', { kind: 'health' }],
  ['/readyz', { kind: 'health' }],
  ['/api', { kind: 'core-versions' }],
  ['/apis', { kind: 'groups' }],
  ['/openapi/v2', { kind: 'openapi' }],
]);

const unknown: Route = { kind: 'unknown' };

function resourceRoute(group: string, version: string, rest: readonly string[]): Route {
  const [first, namespace, plural, name, ...more] = rest;
  if (first === undefined) return { kind: 'resources', group, version };
  const base = { kind: 'resource', group, version } as const;
  if (first === 'namespaces' && namespace !== undefined && plural !== undefined) {
    if (more.length > 0) return unknown;
    return { ...base, plural, namespace, ...(name === undefined ? {} : { name }) };
  }
  if (plural !== undefined) return unknown;
  return { ...base, plural: first, ...(namespace === undefined ? {} : { name: namespace }) };
}

/**
 * Reads a path as apiserver's `RequestInfoFactory` does, below what a proxy puts before it; subresources and the old
 * `/watch/` prefix are not served.
 */
export function routeOf(url: string, basePath = ''): Route {
  if (!url.startsWith(`${basePath}/`)) return unknown;
  const path = url.slice(basePath.length);
  const trimmed = path.length > 1 ? path.replace(/\/$/, '') : path;
  const known = fixed.get(trimmed);
  if (known !== undefined) return known;
  const [prefix, ...parts] = trimmed.slice(1).split('/').map(decodeURIComponent);
  if (prefix === 'api') {
    const [version = '', ...rest] = parts;
    return resourceRoute('', version, rest);
  }
  if (prefix !== 'apis') return unknown;
  const [group = '', version, ...rest] = parts;
  return version === undefined ? { kind: 'group', group } : resourceRoute(group, version, rest);
}
