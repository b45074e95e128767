import type { Contribution, Seed } from '../outbound/contribution';
import type { ProxyContext } from '../proxy/proxy-context';
import type { ChainOptions } from './chain-options';
import { hasTunnels } from './tunnel';

const chains = new WeakMap<Seed, ChainOptions>();

/**
 * The chain that a service gets without a VirtualService; the same object for all proxies that share the seed, unless
 * DestinationRules, which differ by client, can change it.
 */
export function defaultChain(
  { mesh }: ProxyContext,
  { seed }: Contribution,
  make: () => ChainOptions,
): ChainOptions {
  const known = chains.get(seed);
  if (known !== undefined) return known;
  const made = make();
  if (!hasTunnels(mesh)) chains.set(seed, made);
  return made;
}
