import type { FilterChain } from '../../envoy';
import type { ProxyPolicies } from './build-rbac';

/** The chain with the policies of its proxy: on requests for a connection manager, on the connection otherwise. */
export function withPolicies(
  chain: FilterChain,
  { network, http, tokens }: ProxyPolicies,
): FilterChain {
  const { filter } = chain;
  if (filter.kind === 'http') {
    if (http.length === 0 && tokens === undefined) return chain;
    const checks = { rbac: http, ...(tokens !== undefined && { tokens }) };
    return { ...chain, filter: { ...filter, ...checks } };
  }
  return network.length === 0 ? chain : { ...chain, rbac: network };
}
