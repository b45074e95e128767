import { hostCovers, isWildcardHost } from '../../net';

/** Hosts of the registry, exact and wildcard, asked by pattern. */
export interface HostIndex {
  /** Whether some registered host is, covers or lies below the pattern (Istio's `host.Name.Matches`). */
  readonly overlaps: (pattern: string) => boolean;
  /** Registered hosts below a wildcard `*.suffix`; exact ones only. */
  readonly below: (wildcard: string) => readonly string[];
  /** Registered hosts that are the host or a wildcard around it, the most specific first. */
  readonly around: (host: string) => readonly string[];
}

/** `a.b.c` has `.b.c` and `.c`. */
function suffixesOf(host: string): readonly string[] {
  const found: string[] = [];
  for (let at = host.indexOf('.'); at >= 0; at = host.indexOf('.', at + 1)) {
    found.push(host.slice(at));
  }
  return found;
}

function indexBelow(hosts: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>();
  for (const host of hosts) {
    for (const suffix of suffixesOf(host)) {
      const known = index.get(suffix);
      if (known === undefined) index.set(suffix, [host]);
      else known.push(host);
    }
  }
  return index;
}

/** An index over lower-case hosts: a question costs what its labels cost, not what the registry holds. */
export function hostIndex(hosts: readonly string[]): HostIndex {
  const exact = new Set(hosts.filter(host => !isWildcardHost(host)));
  const wildcards = new Set(hosts.filter(isWildcardHost));
  const below = indexBelow([...exact]);
  const belowWildcards = indexBelow([...wildcards]);
  // wildcards that do not end at a dot, such as `*corp.example`, are few
  const odd = [...wildcards].filter(host => host !== '*' && !host.startsWith('*.'));
  const around = (host: string) =>
    [host, ...suffixesOf(host.replace(/^\*/, '')).map(suffix => `*${suffix}`), '*'].filter(
      (name, at) => (at === 0 ? exact.has(name) || wildcards.has(name) : wildcards.has(name)),
    );
  return {
    around: host => [
      ...new Set([...around(host), ...odd.filter(pattern => hostCovers(pattern, host))]),
    ],
    below: wildcard =>
      wildcard.startsWith('*.')
        ? (below.get(wildcard.slice(1)) ?? [])
        : [...exact].filter(host => hostCovers(wildcard, host)),
    overlaps: pattern => {
      if (around(pattern).length > 0 || odd.some(own => hostCovers(own, pattern))) return true;
      if (pattern === '*') return hosts.length > 0;
      if (!isWildcardHost(pattern)) return false;
      if (!pattern.startsWith('*.')) return hosts.some(host => hostCovers(pattern, host));
      const suffix = pattern.slice(1);
      return below.has(suffix) || belowWildcards.has(suffix);
    },
  };
}
