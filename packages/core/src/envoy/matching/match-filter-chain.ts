import type { FilterChain } from '../config/filter-chain';
import type { Listener } from '../config/listener';
import type { EnvoyCandidate } from '../machine/walk';
import {
  anyValue,
  type ChainInput,
  type ChainNode,
  criteria,
  filterChainIndex,
} from './filter-chain-index';

export interface FilterChainMatch {
  readonly chain: FilterChain | undefined;
  readonly isDefault: boolean;
  readonly candidates: readonly EnvoyCandidate[];
}

/** As many chains as a trace names for each stage that dropped some. */
const shownPerStage = 4;

const nameOf = (chain: FilterChain) =>
  chain.name ?? chain.match.serverNames?.join(', ') ?? 'unnamed filter chain';

function dropped(
  node: ChainNode,
  key: string | undefined,
  context: { readonly passed: readonly string[]; readonly failed: string },
): EnvoyCandidate[] {
  const shown: EnvoyCandidate[] = [];
  for (const [value, chains] of node.groups) {
    if (value === key) continue;
    for (const chain of chains) {
      if (shown.length >= shownPerStage) return shown;
      const wants = value === anyValue ? 'any, less specific' : value;
      const failed = [`${context.failed} (this chain: ${wants})`];
      shown.push({ name: nameOf(chain), matched: context.passed, failed, origin: chain.origin });
    }
  }
  return shown;
}

/**
 * Chooses the filter chain as Envoy documents it: stage by stage, the most specific value that the connection satisfies,
 * else the chains that leave the criterion empty; there is no way back to a chain that an earlier stage dropped. Without
 * a survivor the default filter chain, when there is one (`source/common/listener_manager/filter_chain_manager_impl.cc:findFilterChain`).
 */
export function matchFilterChain(listener: Listener, input: ChainInput): FilterChainMatch {
  const candidates: EnvoyCandidate[] = [];
  const passed: string[] = [];
  let node: ChainNode | undefined = filterChainIndex(listener.filterChains);
  for (const criterion of criteria) {
    if (node === undefined) break;
    const used: boolean = node.groups.size > 1 || !node.groups.has(anyValue);
    const picked: string | undefined = used ? criterion.pick(node.groups, input) : undefined;
    const key: string | undefined = picked ?? (node.groups.has(anyValue) ? anyValue : undefined);
    if (used) {
      const failed = `${criterion.name} is ${criterion.describe(input)}`;
      candidates.push(...dropped(node, key, { passed: [...passed], failed }));
      if (key !== undefined && key !== anyValue) passed.push(`${criterion.name} ${key}`);
    }
    node = key === undefined ? undefined : node.child(key);
  }
  const chain = node?.chains[0];
  return chain === undefined
    ? { chain: listener.defaultFilterChain, isDefault: true, candidates }
    : { chain, isDefault: false, candidates };
}
