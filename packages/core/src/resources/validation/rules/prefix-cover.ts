import { ruleLabel } from './rule-label';
import type { VirtualServiceMessage } from './virtual-service-message';

type HttpRoutes = VirtualServiceMessage['http'];
type HttpMatch = HttpRoutes[number]['match'][number];
type StringMatch = NonNullable<HttpMatch['method']>;
type MatchMap = ReadonlyMap<string, StringMatch> | undefined;

/** A match by path prefix, with what `coveredValidation` compares. */
interface PrefixMatch {
  readonly at: number;
  readonly rule: string;
  readonly label: string;
  readonly prefix: string;
  readonly port: number;
  readonly method: string;
  readonly authority: string;
  readonly maps: readonly ReadonlyMap<string, string>[];
}

/** A covered match, in the words of the warning. */
interface CoveredMatch {
  readonly at: number;
  readonly rule: string;
  readonly match: string;
  readonly cover: string;
}

function textOf(match: StringMatch | undefined): string {
  if (match?.exact !== undefined && match.exact !== '') return `exact:${match.exact}`;
  return match?.prefix === undefined || match.prefix === '' ? '' : `prefix:${match.prefix}`;
}

const textsOf = (map: MatchMap) =>
  new Map([...(map ?? [])].map(([key, value]) => [key, textOf(value)] as const));

function prefixMatches(routes: HttpRoutes, fresh: ReadonlySet<object>): readonly PrefixMatch[] {
  return routes.flatMap((route, at) =>
    route.match.flatMap((match, index) => {
      const prefix = match.uri?.prefix ?? '';
      if (prefix === '' || !fresh.has(match)) return [];
      const { port, headers, queryParams, withoutHeaders } = match;
      return {
        at,
        rule: ruleLabel(route.name, at),
        label: ruleLabel(match.name, index),
        prefix,
        port,
        method: textOf(match.method) || 'exact:GET',
        authority: textOf(match.authority),
        maps: [headers, queryParams, withoutHeaders].map(textsOf),
      };
    }),
  );
}

const coversMap = (a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string> | undefined) =>
  b !== undefined &&
  a.size === b.size &&
  [...a].every(([key, value]) => b.has(key) && value.startsWith(b.get(key) ?? ''));

/** `coveredValidation`: what the later match takes has gone to the earlier one. */
const covers = (a: PrefixMatch, b: PrefixMatch) =>
  b.prefix.startsWith(a.prefix) &&
  a.port === b.port &&
  a.method.startsWith(b.method) &&
  a.authority.startsWith(b.authority) &&
  a.maps.every((map, at) => coversMap(map, b.maps[at]));

/** Matches by prefix, and the lengths that occur, so that long lists are not compared pair by pair. */
interface PrefixIndex {
  readonly byPrefix: Map<string, PrefixMatch[]>;
  readonly lengths: Set<number>;
}

function shorterThan(prefix: string, { byPrefix, lengths }: PrefixIndex): readonly PrefixMatch[] {
  return [...lengths]
    .filter(length => length < prefix.length)
    .flatMap(length => byPrefix.get(prefix.slice(0, length)) ?? []);
}

function addTo({ byPrefix, lengths }: PrefixIndex, match: PrefixMatch): void {
  const same = byPrefix.get(match.prefix) ?? [];
  same.push(match);
  byPrefix.set(match.prefix, same);
  lengths.add(match.prefix.length);
}

/** More warnings of one object than this say nothing new. */
const mostWarnings = 1000;

/**
 * Later matches whose path prefix an earlier one covers; equal prefixes are left to the check for repeats. `fresh` are
 * the matches that repeat none and come before a rule without matches.
 */
export function coveringPrefixes(
  routes: HttpRoutes,
  fresh: ReadonlySet<object>,
): readonly CoveredMatch[] {
  const earlier: PrefixIndex = { byPrefix: new Map(), lengths: new Set() };
  const found: CoveredMatch[] = [];
  for (const later of prefixMatches(routes, fresh)) {
    if (found.length >= mostWarnings) break;
    for (const cover of shorterThan(later.prefix, earlier)) {
      if (!covers(cover, later)) continue;
      found.push({
        at: later.at,
        rule: later.rule,
        match: `${later.label} of prefix ${later.prefix}`,
        cover: `${cover.label} of prefix ${cover.prefix} on ${cover.rule}`,
      });
    }
    addTo(earlier, later);
  }
  return found;
}
