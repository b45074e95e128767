import type { Contribution, Seed } from '../outbound/contribution';
import type { ChainOptions } from './chain-options';

const chains = new WeakMap<Seed, ChainOptions>();

/** The chain that a service gets without a VirtualService; the same object for all proxies that share the seed. */
export function defaultChain({ seed }: Contribution, make: () => ChainOptions): ChainOptions {
  const known = chains.get(seed);
  if (known !== undefined) return known;
  const made = make();
  chains.set(seed, made);
  return made;
}
