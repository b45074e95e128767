import type { PathMatcher, Route, RouteMatch, VirtualHost } from '../config/route-config';
import type { HeaderMatcher } from '../config/string-matcher';
import type { CallRequest } from '../machine/call';
import type { EnvoyCandidate } from '../machine/walk';
import {
  describeMatcher,
  fullyMatches,
  matchesHeader,
  matchesQueryParameter,
} from './match-string';

export interface RouteMatchResult {
  readonly route: Route | undefined;
  readonly candidates: readonly EnvoyCandidate[];
}

/** The path without query and fragment (`source/common/http/path_utility.cc:removeQueryAndFragment`). */
export function pathOnly(path: string): string {
  const end = path.search(/[?#]/);
  return end < 0 ? path : path.slice(0, end);
}

/** Query parameters by name; the first value of a name counts (`source/common/http/utility.cc:parseQueryString`). */
export function queryOf(path: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const start = path.indexOf('?');
  if (start < 0) return values;
  const end = path.indexOf('#', start);
  const query = end < 0 ? path.slice(start + 1) : path.slice(start + 1, end);
  for (const pair of query.split('&')) {
    const equals = pair.indexOf('=');
    const name = equals < 0 ? pair : pair.slice(0, equals);
    if (!values.has(name)) values.set(name, equals < 0 ? '' : pair.slice(equals + 1));
  }
  return values;
}

export function matchesPath(matcher: PathMatcher, path: string): boolean {
  if (matcher.kind === 'regex') return fullyMatches(matcher.value, path);
  const fold = (text: string) => (matcher.ignoreCase === true ? text.toLowerCase() : text);
  const value = fold(matcher.value);
  const given = fold(path);
  switch (matcher.kind) {
    case 'exact':
      return given === value;
    case 'prefix':
      return given.startsWith(value);
    case 'path-prefix':
      return given === value || given.startsWith(`${value}/`);
  }
}

/** A header of the request; `:authority` and the like are headers too. */
export function headerOf(request: CallRequest, name: string): string | undefined {
  switch (name) {
    case ':authority':
    case 'host':
      return request.authority;
    case ':method':
      return request.method;
    case ':path':
      return request.path;
    case ':scheme':
      return request.scheme;
    default:
      return Object.hasOwn(request.headers, name) ? request.headers[name] : undefined;
  }
}

const headerText = ({ name, match, invert }: HeaderMatcher) =>
  `header \`${name}\` ${invert === true ? 'not ' : ''}${describeMatcher(match)}`;

/** The criteria of a route, each with its answer. A CONNECT request has no path, so nothing here matches it. */
function judge(match: RouteMatch, request: CallRequest, query: ReadonlyMap<string, string>) {
  const checks: { readonly text: string; readonly holds: boolean }[] = [
    {
      text: `path ${match.path.kind} \`${match.path.value}\``,
      holds: request.method !== 'CONNECT' && matchesPath(match.path, pathOnly(request.path)),
    },
  ];
  for (const header of match.headers) {
    const holds = matchesHeader(header, headerOf(request, header.name));
    checks.push({ text: headerText(header), holds });
  }
  for (const parameter of match.queryParameters) {
    const holds = matchesQueryParameter(parameter, query.get(parameter.name));
    checks.push({ text: `query \`${parameter.name}\` ${describeMatcher(parameter.match)}`, holds });
  }
  return checks;
}

/** First route whose criteria all hold (`source/common/router/config_impl.cc:getRouteFromEntries`). */
export function matchRoute(virtualHost: VirtualHost, request: CallRequest): RouteMatchResult {
  const query = queryOf(request.path);
  const candidates: EnvoyCandidate[] = [];
  for (const [i, route] of virtualHost.routes.entries()) {
    const checks = judge(route.match, request, query);
    if (checks.every(check => check.holds)) return { route, candidates };
    candidates.push({
      name: route.name ?? `route ${i + 1}`,
      matched: checks.filter(check => check.holds).map(check => check.text),
      failed: checks.filter(check => !check.holds).map(check => check.text),
      origin: route.origin,
    });
  }
  return { route: undefined, candidates };
}
