import type { EnvoyWalk } from '../../../envoy';

const catchAllHosts: readonly (string | undefined)[] = [
  'allow_any',
  'block_all',
  'allow_any_dynamic_dns',
];

/**
 * True when nothing in the registry takes a call and the outbound policy decides: a catch-all chain of the virtual
 * listener, the default chain of a shared one, or the catch-all virtual host.
 */
export function isUnknownTraffic({ filterChain, virtualHost }: EnvoyWalk): boolean {
  if (virtualHost !== undefined) return catchAllHosts.includes(virtualHost.name);
  const name = filterChain?.name ?? '';
  return name.startsWith('virtualOutbound-catchall') || name === 'PassthroughFilterChain';
}
