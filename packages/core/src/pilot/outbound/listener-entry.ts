import { type EgressScope, isHttp, isTcp, type Protocol } from '../../mesh';
import { type ChainOptions, conflictKey } from '../chains/chain-options';
import { httpChain, sniffed } from '../chains/http-chain';
import { tcpChains } from '../chains/tcp-chains';
import type { ProxyContext } from '../proxy/proxy-context';
import { pilotHas } from '../versions';
import { isUnordered } from '../virtual-hosts/host-candidates';
import { type Contribution, listenerKind, type Seed } from './contribution';

/** A listener while services are added to it (`listener.go:outboundListenerEntry`). */
export interface ListenerEntry {
  /** The one that made it. */
  readonly first: Contribution;
  /** `Unsupported` once HTTP and other bytes share it. */
  readonly protocol: Protocol;
  readonly chains: readonly ChainOptions[];
}

const serverFirst: ReadonlySet<Protocol> = new Set(['Mongo', 'MySQL']);

/** Sniffing would break server-first protocols, so they share a listener only with themselves (`isConflictWithWellKnownPort`). */
function clashes(existing: Protocol, incoming: Protocol): boolean {
  return existing !== incoming && (serverFirst.has(existing) || serverFirst.has(incoming));
}

/** Adds chains that no earlier chain makes unreachable (`mergeTCPFilterChains`). */
class ChainMerger {
  private readonly keys = new Set<string>();
  readonly chains: ChainOptions[] = [];

  constructor(initial: readonly ChainOptions[]) {
    for (const chain of initial) {
      this.keys.add(conflictKey(chain));
      this.chains.push(chain);
    }
  }

  /** Marks chains that are there and adds those that are not, all of which may be there or not. */
  doubt(chains: readonly ChainOptions[], why: string): void {
    this.merge(chains);
    const keys = new Set(chains.map(conflictKey));
    for (const [i, chain] of this.chains.entries()) {
      if (keys.has(conflictKey(chain))) this.chains[i] = { ...chain, uncertain: why };
    }
  }

  merge(incoming: readonly ChainOptions[]): void {
    for (const chain of incoming) {
      const key = conflictKey(chain);
      if (this.keys.has(key)) continue;
      this.keys.add(key);
      this.chains.push(chain);
    }
  }
}

interface State {
  readonly first: Contribution;
  /** Those with an undeclared port. */
  readonly undeclared: Contribution[];
  protocol: Protocol;
  merger: ChainMerger;
}

/** Chains for HTTP: sniffed wherever other bytes may arrive as well, but for a port that is declared an HTTP proxy. */
function httpChainFor(context: ProxyContext, item: Contribution): ChainOptions {
  const http = httpChain(context, item);
  const isWildcard = item.bind[0] === context.wildcard;
  return isWildcard && item.listenPort.protocol !== 'HTTP_PROXY' ? sniffed(context, http) : http;
}

function open(context: ProxyContext, item: Contribution): State {
  const { protocol } = item.listenPort;
  const undeclared = protocol === 'Unsupported' ? [item] : [];
  switch (listenerKind(protocol)) {
    case 'http': {
      const chain = httpChainFor(context, item);
      const shared = chain.applicationProtocols.length > 0;
      const merger = new ChainMerger([chain]);
      return { first: item, undeclared, protocol: shared ? 'Unsupported' : protocol, merger };
    }
    case 'auto': {
      const chains = [...tcpChains(context, item), sniffed(context, httpChain(context, item))];
      return { first: item, undeclared, protocol, merger: new ChainMerger(chains) };
    }
    default:
      return {
        first: item,
        undeclared,
        protocol,
        merger: new ChainMerger(tcpChains(context, item)),
      };
  }
}

function addAuto(context: ProxyContext, state: State, item: Contribution): State {
  if (isHttp(state.protocol)) return open(context, item);
  state.undeclared.push(item);
  const tcp = tcpChains(context, item);
  if (isTcp(state.protocol)) {
    state.merger.merge([...tcp, sniffed(context, httpChain(context, item))]);
    state.protocol = 'Unsupported';
  } else {
    state.merger.merge(tcp);
  }
  return state;
}

/** False when istiod keeps what is there: HTTP shares its routes, server-first protocols share with nobody. */
function changes(context: ProxyContext, state: State, { listenPort }: Seed): boolean {
  const { protocol } = listenPort;
  if (clashes(state.protocol, protocol)) return false;
  if (listenerKind(protocol) === 'http') return isTcp(state.protocol);
  if (listenerKind(protocol) === 'tcp' || state.protocol !== 'Unsupported') return true;
  return pilotHas(context.mesh, 'mergedAutoPorts');
}

/** Adds a service to a listener; an undeclared port takes the place of a listener that is HTTP only. */
function add(context: ProxyContext, state: State, item: Contribution): State {
  switch (listenerKind(item.listenPort.protocol)) {
    case 'http':
      state.merger.merge([httpChainFor(context, item)]);
      state.protocol = 'Unsupported';
      return state;
    case 'tcp':
      state.merger.merge(tcpChains(context, item));
      if (isHttp(state.protocol)) state.protocol = 'Unsupported';
      return state;
    case 'auto':
      return addAuto(context, state, item);
    case 'none':
      return state;
  }
}

/** An undeclared port that is left out only because a service that nothing orders before it came first. */
function doubt(context: ProxyContext, state: State, item: Contribution): void {
  const rival = state.undeclared.find(other => isUnordered(other.service, item.service));
  if (rival === undefined) return;
  const chains = [...tcpChains(context, rival), ...tcpChains(context, item)];
  state.merger.doubt(chains, `which address of ${item.service.hostname} comes first is random`);
}

/** Services of one egress listener that want the address. */
export interface SeedGroup {
  readonly egress: EgressScope;
  readonly seeds: readonly Seed[];
}

function addGroup(context: ProxyContext, start: State | undefined, group: SeedGroup) {
  const { egress, seeds } = group;
  let state = start;
  for (const seed of seeds) {
    if (state === undefined) state = open(context, { ...seed, egress, seed });
    else if (changes(context, state, seed)) state = add(context, state, { ...seed, egress, seed });
    else if (seed.listenPort.protocol === 'Unsupported') {
      doubt(context, state, { ...seed, egress, seed });
    }
  }
  return state;
}

/**
 * Puts everything that wants one address and port into one listener: the first owns it, others add what does not
 * conflict (`listener.go:buildSidecarOutboundListener`). What listeners with a port made is closed to the one without.
 */
export function buildEntry(
  context: ProxyContext,
  groups: readonly SeedGroup[],
): ListenerEntry | undefined {
  let state: State | undefined;
  for (const group of groups) {
    const isClosed = state !== undefined && group.seeds[0]?.catchAll === true;
    if (!isClosed) state = addGroup(context, state, group);
  }
  if (state === undefined) return undefined;
  return { first: state.first, protocol: state.protocol, chains: state.merger.chains };
}
