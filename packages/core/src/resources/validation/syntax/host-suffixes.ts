import { isWildcardHost } from '../../../net';

/** Names and wildcards of a list, found by suffix, so that long lists stay cheap. */
export interface HostSuffixes {
  /** First index of each name as written. */
  readonly first: ReadonlyMap<string, number>;
  /** First index of each wildcard, by what follows its `*`. */
  readonly wildcards: ReadonlyMap<string, number>;
}

export function hostSuffixes(hosts: readonly string[]): HostSuffixes {
  const first = new Map<string, number>();
  const wildcards = new Map<string, number>();
  hosts.forEach((host, at) => {
    if (!first.has(host)) first.set(host, at);
    const suffix = host.slice(1);
    if (isWildcardHost(host) && !wildcards.has(suffix)) wildcards.set(suffix, at);
  });
  return { first, wildcards };
}

/** Longest name that can be valid; longer ones are judged elsewhere. */
const longest = 255;

/** Indexes of the wildcards that cover a host or wildcard (`host.Name.SubsetOf`). */
export function coveringWildcards({ wildcards }: HostSuffixes, host: string): readonly number[] {
  const body = isWildcardHost(host) ? host.slice(1) : host;
  if (wildcards.size === 0 || body.length > longest) return [];
  const found: number[] = [];
  for (let from = 0; from <= body.length; from += 1) {
    const at = wildcards.get(body.slice(from));
    if (at !== undefined) found.push(at);
  }
  return found;
}

/** True when the list has the host, or a wildcard that covers it. */
export const coversHost = (suffixes: HostSuffixes, host: string): boolean =>
  suffixes.first.has(host) || coveringWildcards(suffixes, host).length > 0;
