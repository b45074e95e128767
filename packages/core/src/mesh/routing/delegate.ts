import type { HttpMatch, HttpRoute, StringMatch } from '../../resources';

type HeaderMatches = NonNullable<HttpMatch['headers']>;
type HeaderMatch = HeaderMatches[string];

const own = (matches: HeaderMatches | undefined, key: string): HeaderMatch | undefined =>
  matches !== undefined && Object.hasOwn(matches, key) ? matches[key] : undefined;

/** True when the leaf is not within the root: a regex never is (`virtualservice.go:stringMatchConflict`). */
function stringConflict(root: HeaderMatch | undefined, leaf: HeaderMatch | undefined): boolean {
  if (root === undefined || leaf === undefined) return false;
  if (root.kind === 'regex' || leaf.kind === 'regex') return true;
  if (root.kind === 'exact') return leaf.kind !== 'exact' || leaf.value !== root.value;
  if (root.kind === 'prefix' && leaf.kind !== 'present') return !leaf.value.startsWith(root.value);
  return true;
}

function mapConflict(root: HeaderMatches | undefined, leaf: HeaderMatches | undefined): boolean {
  return Object.keys(leaf ?? {}).some(key => stringConflict(own(root, key), own(leaf, key)));
}

/** A root for one source namespace takes only leaves of the same; other labels and gateways of the root must not be left. */
function sourceConflict(root: HttpMatch, leaf: HttpMatch): boolean {
  const { sourceNamespace = '', sourceLabels = {}, gateways = [] } = root;
  const allowed = new Set(gateways);
  const named = leaf.gateways ?? [];
  return (
    (sourceNamespace !== '' && leaf.sourceNamespace !== sourceNamespace) ||
    Object.entries(leaf.sourceLabels ?? {}).some(
      ([key, value]) => Object.hasOwn(sourceLabels, key) && sourceLabels[key] !== value,
    ) ||
    (gateways.length > 0 &&
      (named.length > gateways.length || named.some(name => !allowed.has(name))))
  );
}

/** `pilot/pkg/model/virtualservice.go:hasConflict` */
function matchConflict(root: HttpMatch, leaf: HttpMatch): boolean {
  const pairs: readonly (readonly [StringMatch | undefined, StringMatch | undefined])[] = [
    [root.uri, leaf.uri],
    [root.scheme, leaf.scheme],
    [root.method, leaf.method],
    [root.authority, leaf.authority],
  ];
  return (
    pairs.some(([a, b]) => stringConflict(a, b)) ||
    mapConflict(root.headers, leaf.headers) ||
    mapConflict(root.withoutHeaders, leaf.withoutHeaders) ||
    mapConflict(root.queryParams, leaf.queryParams) ||
    (root.ignoreUriCase ?? false) !== (leaf.ignoreUriCase ?? false) ||
    ((root.port ?? 0) > 0 && (leaf.port ?? 0) > 0 && root.port !== leaf.port) ||
    sourceConflict(root, leaf)
  );
}

function joinNames(root: string | undefined, leaf: string | undefined): string | undefined {
  if (leaf === undefined || leaf === '') return root;
  return root === undefined || root === '' ? leaf : `${root}-${leaf}`;
}

/** The members of `value` that are present. */
function present<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as T;
}

function mergeMaps(a: HeaderMatches | undefined, b: HeaderMatches | undefined) {
  return a === undefined && b === undefined ? undefined : { ...a, ...b };
}

const filled = <T>(given: T | undefined, empty: (value: T) => boolean): T | undefined =>
  given === undefined || empty(given) ? undefined : given;

function mergeMatch(root: HttpMatch, leaf: HttpMatch): HttpMatch {
  return present<HttpMatch>({
    ...leaf,
    name: joinNames(root.name, leaf.name),
    uri: leaf.uri ?? root.uri,
    scheme: leaf.scheme ?? root.scheme,
    method: leaf.method ?? root.method,
    authority: leaf.authority ?? root.authority,
    headers: mergeMaps(root.headers, leaf.headers),
    withoutHeaders: mergeMaps(root.withoutHeaders, leaf.withoutHeaders),
    queryParams: mergeMaps(root.queryParams, leaf.queryParams),
    port: filled(leaf.port, port => port === 0) ?? root.port,
    gateways: filled(leaf.gateways, names => names.length === 0) ?? root.gateways,
    sourceLabels:
      root.sourceLabels === undefined && leaf.sourceLabels === undefined
        ? undefined
        : { ...root.sourceLabels, ...leaf.sourceLabels },
    sourceNamespace: filled(leaf.sourceNamespace, name => name === '') ?? root.sourceNamespace,
  });
}

/** Every match of the delegate must lie within one of the root's; `undefined` when one does not. */
function mergeMatches(
  root: readonly HttpMatch[],
  leaf: readonly HttpMatch[],
): readonly HttpMatch[] | undefined {
  if (root.length === 0) return leaf;
  if (leaf.length === 0) return root;
  const merged: HttpMatch[] = [];
  for (const match of leaf) {
    const fitting = root.filter(item => !matchConflict(item, match));
    if (fitting.length === 0) return undefined;
    merged.push(...fitting.map(item => mergeMatch(item, match)));
  }
  return merged;
}

/**
 * One rule of a delegate under the rule that delegates to it; `undefined` when their matches exclude each other
 * (`pilot/pkg/model/virtualservice.go:mergeHTTPRoute`).
 */
export function mergeDelegateRoute(root: HttpRoute, leaf: HttpRoute): HttpRoute | undefined {
  const match = mergeMatches(root.match, leaf.match);
  if (match === undefined) return undefined;
  const { delegate: _, ...rest } = leaf;
  return present<HttpRoute>({
    ...rest,
    match,
    name: joinNames(root.name, leaf.name),
    rewrite: leaf.rewrite ?? root.rewrite,
    timeoutMs: leaf.timeoutMs ?? root.timeoutMs,
    retries: leaf.retries ?? root.retries,
    fault: leaf.fault ?? root.fault,
    corsPolicy: leaf.corsPolicy ?? root.corsPolicy,
    mirror: leaf.mirror ?? root.mirror,
    mirrors: leaf.mirrors ?? root.mirrors,
    headers: leaf.headers ?? root.headers,
  });
}
