import type {
  HeaderMatcher,
  PathMatcher,
  QueryParameterMatcher,
  RouteMatch,
  StringMatcher,
} from '../../envoy';
import type { HttpMatch, StringMatch } from '../../resources';

type AnyMatch = StringMatch | { readonly kind: 'present' };

export const matchAnyRequest: RouteMatch = {
  path: { kind: 'prefix', value: '/' },
  headers: [],
  queryParameters: [],
};

/** A regex of exactly `*` is no RE2; it asks for presence (`route.go:isCatchAllStringMatch`). */
function stringMatcher(match: AnyMatch): StringMatcher {
  if (match.kind === 'present' || (match.kind === 'regex' && match.value === '*')) {
    return { kind: 'present' };
  }
  return { kind: match.kind, value: match.value };
}

const header = (name: string, match: AnyMatch): HeaderMatcher => ({
  name: name.toLowerCase(),
  match: stringMatcher(match),
});

/** `withoutHeaders`: a missing header counts as empty, unless presence itself is asked. */
function withoutHeader(name: string, match: AnyMatch): HeaderMatcher {
  const matcher = header(name, match);
  const present = matcher.match.kind === 'present';
  return present
    ? { ...matcher, invert: true }
    : { ...matcher, invert: true, missingIsEmpty: true };
}

function pathMatcher({ uri, ignoreUriCase }: HttpMatch): PathMatcher {
  if (uri?.kind === 'regex') return { kind: 'regex', value: uri.value };
  const { kind, value } = uri ?? { kind: 'prefix', value: '/' };
  return ignoreUriCase === true ? { kind, value, ignoreCase: true } : { kind, value };
}

function headersOf(match: HttpMatch): readonly HeaderMatcher[] {
  const named = [
    ...Object.entries(match.headers ?? {}).map(([name, value]) => header(name, value)),
    ...Object.entries(match.withoutHeaders ?? {}).map(([name, value]) =>
      withoutHeader(name, value),
    ),
  ].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const pseudo: readonly (readonly [string, StringMatch | undefined])[] = [
    [':method', match.method],
    [':authority', match.authority],
    [':scheme', match.scheme],
  ];
  return [
    ...named,
    ...pseudo.flatMap(([name, value]) => (value === undefined ? [] : [header(name, value)])),
  ];
}

function queryParametersOf(match: HttpMatch): readonly QueryParameterMatcher[] {
  return Object.entries(match.queryParams ?? {}).map(([name, value]) => ({
    name,
    match: stringMatcher(value),
  }));
}

/** Criteria of one match block (`route.go:TranslateRouteMatch`). */
export function routeMatch(match: HttpMatch | undefined): RouteMatch {
  if (match === undefined) return matchAnyRequest;
  return {
    path: pathMatcher(match),
    headers: headersOf(match),
    queryParameters: queryParametersOf(match),
  };
}

/** Nothing after such a route can be reached (`route.go:IsCatchAllRoute`). */
export function isCatchAll({ path, headers, queryParameters }: RouteMatch): boolean {
  const everything =
    path.kind === 'regex' ? path.value === '.*' : path.kind !== 'exact' && path.value === '/';
  return everything && headers.length === 0 && queryParameters.length === 0;
}
