import type { DomainLookup, DomainMatch, RouteConfig, VirtualHost } from '../config/route-config';

const setOnce = (map: Map<string, VirtualHost>, key: string, value: VirtualHost) => {
  if (!map.has(key)) map.set(key, value);
};

const lengthsOf = (map: ReadonlyMap<string, unknown>) =>
  [...new Set([...map.keys()].map(key => key.length))].sort((a, b) => b - a);

/** Finds the longest entry that `take` cuts out of the host; it must be shorter than the host. */
function findLongest(
  map: ReadonlyMap<string, VirtualHost>,
  lengths: readonly number[],
  take: (length: number) => string,
): { readonly part: string; readonly virtualHost: VirtualHost } | undefined {
  for (const length of lengths) {
    const part = take(length);
    const virtualHost = part.length === length ? map.get(part) : undefined;
    if (virtualHost !== undefined) return { part, virtualHost };
  }
  return undefined;
}

function buildLookup({ virtualHosts }: RouteConfig): DomainLookup {
  const exact = new Map<string, VirtualHost>();
  const suffixes = new Map<string, VirtualHost>();
  const prefixes = new Map<string, VirtualHost>();
  let any: VirtualHost | undefined;
  for (const virtualHost of virtualHosts) {
    for (const written of virtualHost.domains) {
      const domain = written.toLowerCase();
      if (domain === '*') any ??= virtualHost;
      else if (domain.startsWith('*')) setOnce(suffixes, domain.slice(1), virtualHost);
      else if (domain.endsWith('*')) setOnce(prefixes, domain.slice(0, -1), virtualHost);
      else setOnce(exact, domain, virtualHost);
    }
  }
  const suffixLengths = lengthsOf(suffixes);
  const prefixLengths = lengthsOf(prefixes);
  const wildcard = (host: string): DomainMatch | undefined => {
    const shorter = (length: number) => length < host.length;
    const suffix = findLongest(suffixes, suffixLengths.filter(shorter), n => host.slice(-n));
    if (suffix !== undefined) return { ...suffix, domain: `*${suffix.part}` };
    const prefix = findLongest(prefixes, prefixLengths.filter(shorter), n => host.slice(0, n));
    return prefix === undefined ? undefined : { ...prefix, domain: `${prefix.part}*` };
  };
  return {
    exact: domain => exact.get(domain),
    wildcard,
    any: () => any,
    isUncertain: () => false,
  };
}

const lookups = new WeakMap<RouteConfig, DomainLookup>();

/** The domains of a route configuration, indexed once. The first virtual host with a domain has it. */
export function domainLookup(config: RouteConfig): DomainLookup {
  if (config.lookup !== undefined) return config.lookup;
  const known = lookups.get(config);
  if (known !== undefined) return known;
  const lookup = buildLookup(config);
  lookups.set(config, lookup);
  return lookup;
}
