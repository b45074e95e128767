import { quoted } from '../findings';
import type { VirtualServiceMessage } from './virtual-service';

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
export interface CoveredMatch {
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

const labelOf = (name: string, at: number) => (name === '' ? `#${at}` : quoted(name));

function prefixMatches(routes: HttpRoutes): readonly PrefixMatch[] {
  return routes.flatMap((route, at) =>
    route.match.flatMap((match, index) => {
      const prefix = match.uri?.prefix ?? '';
      if (prefix === '') return [];
      const { port, headers, queryParams, withoutHeaders } = match;
      return {
        at,
        rule: labelOf(route.name, at),
        label: labelOf(match.name, index),
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

/** Later matches whose path prefix an earlier one covers; equal prefixes are left to the check for repeats. */
export function coveringPrefixes(routes: HttpRoutes): readonly CoveredMatch[] {
  const matches = prefixMatches(routes);
  return matches.flatMap((earlier, index) =>
    matches
      .slice(index + 1)
      .filter(later => later.prefix !== earlier.prefix && covers(earlier, later))
      .map(later => ({
        at: later.at,
        rule: later.rule,
        match: `${later.label} of prefix ${later.prefix}`,
        cover: `${earlier.label} of prefix ${earlier.prefix} on ${earlier.rule}`,
      })),
  );
}
