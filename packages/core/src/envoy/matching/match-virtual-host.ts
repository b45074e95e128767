import type { DomainLookup, DomainMatch, RouteConfig, VirtualHost } from '../config/route-config';
import type { EnvoyCandidate } from '../machine/walk';
import { domainLookup } from './domain-index';

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

function find(lookup: DomainLookup, host: string): DomainMatch | undefined {
  const exact = lookup.exact(host);
  if (exact !== undefined) return { domain: host, virtualHost: exact };
  const wildcard = lookup.wildcard(host);
  if (wildcard !== undefined) return wildcard;
  const any = lookup.any();
  return any === undefined ? undefined : { domain: '*', virtualHost: any };
}

function missed(host: string, found: DomainMatch | undefined): EnvoyCandidate[] {
  if (found?.domain === host) return [];
  const failed = [`no virtual host has the domain \`${host}\``];
  if (found === undefined || found.domain === '*') failed.push('no wildcard domain covers it');
  return [{ name: host, matched: [], failed }];
}

/**
 * Finds the virtual host: exact domain, longest `*suffix`, longest `prefix*`, `*`
 * (`source/common/router/config_impl.cc:RouteMatcher::findVirtualHost`).
 */
export function matchVirtualHost(config: RouteConfig, authority: string): VirtualHostMatch {
  const lookup = domainLookup(config);
  const host = comparableHost(config, authority);
  const found = find(lookup, host);
  const uncertain = lookup.isUncertain(host);
  const candidates = missed(host, found);
  return found === undefined
    ? { virtualHost: undefined, host, uncertain, candidates }
    : { ...found, host, uncertain, candidates };
}
