import type { Forward, RegexRewrite, Route } from '../config/route-config';
import { pathOnly } from '../matching/match-route';
import { re2 } from '../matching/match-string';
import type { EnvoyWalk } from './walk';

/** RE2 writes groups `\1`, re2js `$1`. */
const javaSubstitution = (text: string) =>
  text.replaceAll('$', '\\$').replaceAll(/\\(\d)/g, '$$$1');

function rewriteByRegex({ pattern, substitution }: RegexRewrite, path: string): string {
  const regex = re2(pattern);
  return regex === undefined
    ? path
    : regex.matcher(path).replaceAll(javaSubstitution(substitution));
}

/** The part of the path that a prefix rewrite replaces: the matched prefix, or all that an exact or regex match took. */
function matchedLength(route: Route, path: string): number {
  const { path: matcher } = route.match;
  const isPrefix = matcher.kind === 'prefix' || matcher.kind === 'path-prefix';
  return isPrefix ? matcher.value.length : path.length;
}

/** Path with query after the rewrite (`source/common/router/config_impl.cc:finalizePathHeader`). */
function rewritePath(route: Route, action: Forward, path: string): string | undefined {
  const bare = pathOnly(path);
  const query = path.slice(bare.length);
  if (action.prefixRewrite !== undefined) {
    return action.prefixRewrite + bare.slice(matchedLength(route, bare)) + query;
  }
  if (action.regexRewrite === undefined) return undefined;
  return rewriteByRegex(action.regexRewrite, bare) + query;
}

/** Authority and path as the upstream gets them; `undefined` when the route rewrites neither. */
export function rewriteOf(route: Route, action: Forward, path: string): EnvoyWalk['rewrite'] {
  const newPath = rewritePath(route, action, path);
  const authority = action.hostRewrite;
  if (newPath === undefined && authority === undefined) return undefined;
  return {
    ...(authority === undefined ? {} : { authority }),
    ...(newPath === undefined ? {} : { path: newPath }),
  };
}
