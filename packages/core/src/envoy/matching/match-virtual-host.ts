import type { RouteConfig, VirtualHost } from '../config/route-config';
import type { EnvoyCandidate } from '../machine/walk';
import { type DomainIndex, domainIndex } from './domain-index';

export interface VirtualHostMatch {
  readonly virtualHost: VirtualHost | undefined;
  /** The domain that decided. */
  readonly domain?: string;
  /** Host as it was compared: lower case, without port where the configuration says so. */
  readonly host: string;
  /** The domain belongs to one of several virtual hosts at random. */
  readonly uncertain: boolean;
  readonly candidates: readonly EnvoyCandidate[];
}

/** Where the port of a Host begins; brackets of an IPv6 address hide its colons (`source/common/http/header_utility.cc:getPortStart`). */
function portStart(host: string): number {
  const colon = host.lastIndexOf(':');
  return host.lastIndexOf(']') > colon ? -1 : colon;
}

/** Host as virtual hosts are compared with it (`source/common/router/config_impl.cc:findVirtualHost`). */
export function comparableHost(config: RouteConfig, authority: string): string {
  const start = config.ignorePortInHostMatching ? portStart(authority) : -1;
  return (start < 0 ? authority : authority.slice(0, start)).toLowerCase();
}

interface Found {
  readonly domain: string;
  readonly virtualHost: VirtualHost;
}

function findSuffix(index: DomainIndex, host: string): Found | undefined {
  for (const length of index.suffixLengths) {
    if (length >= host.length) continue;
    const suffix = host.slice(host.length - length);
    const virtualHost = index.suffixes.get(suffix);
    if (virtualHost !== undefined) return { domain: `*${suffix}`, virtualHost };
  }
  return undefined;
}

function findPrefix(index: DomainIndex, host: string): Found | undefined {
  for (const length of index.prefixLengths) {
    if (length >= host.length) continue;
    const prefix = host.slice(0, length);
    const virtualHost = index.prefixes.get(prefix);
    if (virtualHost !== undefined) return { domain: `${prefix}*`, virtualHost };
  }
  return undefined;
}

function find(index: DomainIndex, host: string): Found | undefined {
  const exact = index.exact.get(host);
  if (exact !== undefined) return { domain: host, virtualHost: exact };
  const wildcard = findSuffix(index, host) ?? findPrefix(index, host);
  if (wildcard !== undefined) return wildcard;
  return index.any === undefined ? undefined : { domain: '*', virtualHost: index.any };
}

function missed(index: DomainIndex, host: string, found: Found | undefined): EnvoyCandidate[] {
  if (found?.domain === host) return [];
  const failed = `no virtual host has the domain \`${host}\``;
  const wildcards = found === undefined || found.domain === '*';
  const more = wildcards && index.suffixLengths.length > 0 ? ['no wildcard domain covers it'] : [];
  return [{ name: host, matched: [], failed: [failed, ...more] }];
}

/**
 * Finds the virtual host: exact domain, longest `*suffix`, longest `prefix*`, `*`
 * (`source/common/router/config_impl.cc:RouteMatcher::findVirtualHost`).
 */
export function matchVirtualHost(config: RouteConfig, authority: string): VirtualHostMatch {
  const index = domainIndex(config);
  const host = comparableHost(config, authority);
  const found = find(index, host);
  const uncertain = index.uncertain.has(host);
  const candidates = missed(index, host, found);
  return found === undefined
    ? { virtualHost: undefined, host, uncertain, candidates }
    : { virtualHost: found.virtualHost, domain: found.domain, host, uncertain, candidates };
}
