import type { Forward, RegexRewrite, Route } from '../config/route-config';
import { pathOnly } from '../matching/match-route';
import { re2 } from '../matching/match-string';
import type { EnvoyWalk } from './walk';

/** Every match replaced; `\1` in the substitution is a group, `\\` a backslash (`RE2::GlobalReplace`). */
function rewriteByRegex({ pattern, substitution }: RegexRewrite, path: string): string {
  const matcher = re2(pattern)?.matcher(path);
  if (matcher === undefined) return path;
  let rewritten = '';
  let end = 0;
  while (matcher.find()) {
    const group = (text: string) => {
      if (text === '\\') return text;
      return Number(text) <= matcher.groupCount() ? (matcher.group(Number(text)) ?? '') : '';
    };
    rewritten += path.slice(end, matcher.start());
    rewritten += substitution.replaceAll(/\\([\d\\])/g, (_, text: string) => group(text));
    end = matcher.end();
  }
  return rewritten + path.slice(end);
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
