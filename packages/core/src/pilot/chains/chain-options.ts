import type { DownstreamTls, FilterChain, FilterChainMatch, NetworkFilter } from '../../envoy';
import { type Cidr, networkOf, parseCidr } from '../../net';
import type { Origin } from '../../origin';
import { keepWith } from '../memoise';

/** A filter chain before it becomes part of a listener (`pilot/pkg/networking/core/listener.go:filterChainOpts`). */
export interface ChainOptions {
  readonly name?: string;
  readonly sniHosts: readonly string[];
  readonly cidrs: readonly string[];
  readonly transportProtocol?: 'raw_buffer';
  readonly applicationProtocols: readonly string[];
  readonly tls?: DownstreamTls;
  readonly filter: NetworkFilter;
  readonly uncertain?: string;
  readonly origin: Origin;
}

const unspecified = '0.0.0.0';

function ranges(cidrs: readonly string[]): readonly Cidr[] {
  return cidrs.flatMap(text => {
    const range = parseCidr(text);
    return range === undefined || range.address === unspecified ? [] : [range];
  });
}

/**
 * Two chains of one listener conflict when this is equal: transport, ALPN, SNI hosts without `*`, masked CIDRs
 * (`filterChainOpts.conflictsWith`).
 */
export const conflictKey = keepWith((chain: ChainOptions): string => {
  const sni = [...new Set(chain.sniHosts)].filter(host => host !== '*').sort();
  const networks = [...new Set(ranges(chain.cidrs).map(networkOf))].sort();
  return JSON.stringify([chain.transportProtocol ?? '', chain.applicationProtocols, sni, networks]);
});

/**
 * Accepts every connection by its looks (`filterChainOpts.isMatchAll`): it becomes the default filter chain. A chain for
 * 0.0.0.0/0 does not, though it ends with no match at all, so that it loses to chains for sniffed protocols.
 */
export const isMatchAll = keepWith(
  (chain: ChainOptions): boolean =>
    chain.applicationProtocols.length === 0 &&
    chain.transportProtocol === undefined &&
    chain.cidrs.length === 0 &&
    (chain.sniHosts.length === 0 || chain.sniHosts.includes('*')),
);

function matchOf(chain: ChainOptions): FilterChainMatch {
  const prefixRanges = ranges(chain.cidrs);
  const anyName = chain.sniHosts.length === 0 || chain.sniHosts.includes('*');
  const { transportProtocol, applicationProtocols } = chain;
  return {
    ...(prefixRanges.length === 0 ? {} : { prefixRanges }),
    ...(anyName ? {} : { serverNames: chain.sniHosts.map(host => host.toLowerCase()) }),
    ...(transportProtocol === undefined ? {} : { transportProtocol }),
    ...(applicationProtocols.length === 0 ? {} : { applicationProtocols }),
  };
}

export const buildChain = keepWith((chain: ChainOptions): FilterChain => {
  const { name, tls, filter, uncertain, origin } = chain;
  return {
    ...(name === undefined ? {} : { name }),
    match: matchOf(chain),
    ...(tls === undefined ? {} : { tls }),
    filter,
    ...(uncertain === undefined ? {} : { uncertain }),
    origin,
  };
});
