import type { RouteConfig, VirtualHost } from '../config/route-config';

/** Domains of a route configuration as Envoy looks them up. The first virtual host with a domain has it. */
export interface DomainIndex {
  readonly exact: ReadonlyMap<string, VirtualHost>;
  /** `*suffix` without the star. */
  readonly suffixes: ReadonlyMap<string, VirtualHost>;
  /** Longest first. */
  readonly suffixLengths: readonly number[];
  readonly prefixes: ReadonlyMap<string, VirtualHost>;
  readonly prefixLengths: readonly number[];
  readonly any: VirtualHost | undefined;
  readonly uncertain: ReadonlySet<string>;
}

const setOnce = (map: Map<string, VirtualHost>, key: string, value: VirtualHost) => {
  if (!map.has(key)) map.set(key, value);
};

const lengthsOf = (map: ReadonlyMap<string, unknown>) =>
  [...new Set([...map.keys()].map(key => key.length))].sort((a, b) => b - a);

function buildIndex(config: RouteConfig): DomainIndex {
  const exact = new Map<string, VirtualHost>();
  const suffixes = new Map<string, VirtualHost>();
  const prefixes = new Map<string, VirtualHost>();
  const uncertain = new Set<string>();
  let any: VirtualHost | undefined;
  for (const virtualHost of config.virtualHosts) {
    for (const domain of virtualHost.domains) {
      if (domain === '*') any ??= virtualHost;
      else if (domain.startsWith('*')) setOnce(suffixes, domain.slice(1), virtualHost);
      else if (domain.endsWith('*')) setOnce(prefixes, domain.slice(0, -1), virtualHost);
      else setOnce(exact, domain, virtualHost);
    }
    for (const domain of virtualHost.uncertainDomains ?? []) uncertain.add(domain);
  }
  const suffixLengths = lengthsOf(suffixes);
  const prefixLengths = lengthsOf(prefixes);
  return { exact, suffixes, suffixLengths, prefixes, prefixLengths, any, uncertain };
}

const indexes = new WeakMap<RouteConfig, DomainIndex>();

/** The domain index of a route configuration, made once. */
export function domainIndex(config: RouteConfig): DomainIndex {
  const known = indexes.get(config);
  if (known !== undefined) return known;
  const index = buildIndex(config);
  indexes.set(config, index);
  return index;
}
