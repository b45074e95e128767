import type { FilterChain } from '../../envoy';
import type { ProxyPolicies } from './build-rbac';

/** The chain with the policies of its proxy: on requests for a connection manager, on the connection otherwise. */
export function withPolicies(chain: FilterChain, { network, http }: ProxyPolicies): FilterChain {
  const { filter } = chain;
  if (filter.kind === 'http') {
    return http.length === 0 ? chain : { ...chain, filter: { ...filter, rbac: http } };
  }
  return network.length === 0 ? chain : { ...chain, rbac: network };
}
