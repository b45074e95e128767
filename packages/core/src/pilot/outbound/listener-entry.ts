import { isHttp, isTcp, type Protocol } from '../../mesh';
import type { ProxyContext } from '../proxy/proxy-context';
import { pilotHas } from '../versions';
import { type ChainOptions, conflictKey } from './chain-options';
import { type Contribution, listenerKind } from './contribution';
import { httpChain, sniffed } from './http-chain';
import { tcpChains } from './tcp-chains';

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
  protocol: Protocol;
  merger: ChainMerger;
}

function open(context: ProxyContext, item: Contribution): State {
  const { listenPort } = item;
  const kind = listenerKind(listenPort.protocol);
  if (kind === 'http') {
    const http = httpChain(context, item);
    const isWildcard = item.bind[0] === context.wildcard && listenPort.protocol !== 'HTTP_PROXY';
    const chain = isWildcard ? sniffed(context, http) : http;
    const protocol = isWildcard ? 'Unsupported' : listenPort.protocol;
    return { first: item, protocol, merger: new ChainMerger([chain]) };
  }
  const tcp = tcpChains(context, item);
  const all = kind === 'auto' ? [...tcp, sniffed(context, httpChain(context, item))] : tcp;
  return { first: item, protocol: listenPort.protocol, merger: new ChainMerger(all) };
}

function addHttp(context: ProxyContext, state: State, item: Contribution): void {
  if (!isTcp(state.protocol)) return;
  if (clashes(state.protocol, item.listenPort.protocol)) return;
  const http = httpChain(context, item);
  const isWildcard = item.bind[0] === context.wildcard;
  state.merger.merge([isWildcard ? sniffed(context, http) : http]);
  state.protocol = 'Unsupported';
}

function addTcp(context: ProxyContext, state: State, item: Contribution): void {
  if (clashes(state.protocol, item.listenPort.protocol)) return;
  state.merger.merge(tcpChains(context, item));
  if (isHttp(state.protocol)) state.protocol = 'Unsupported';
}

/** Returns the state to go on with: an undeclared port replaces a pure HTTP listener. */
function addAuto(context: ProxyContext, state: State, item: Contribution): State {
  if (clashes(state.protocol, 'Unsupported')) return state;
  if (isHttp(state.protocol)) return open(context, item);
  if (isTcp(state.protocol)) {
    state.merger.merge([...tcpChains(context, item), sniffed(context, httpChain(context, item))]);
    state.protocol = 'Unsupported';
  } else if (pilotHas(context.mesh, 'mergedAutoPorts')) {
    state.merger.merge(tcpChains(context, item));
  }
  return state;
}

function add(context: ProxyContext, state: State, item: Contribution): State {
  switch (listenerKind(item.listenPort.protocol)) {
    case 'http':
      addHttp(context, state, item);
      return state;
    case 'tcp':
      addTcp(context, state, item);
      return state;
    case 'auto':
      return addAuto(context, state, item);
    case 'none':
      return state;
  }
}

/**
 * Puts everything that wants one address and port into one listener: the first owns it, others add what does not
 * conflict (`listener.go:buildSidecarOutboundListener`). What listeners with a port made is closed to the one without.
 */
export function buildEntry(
  context: ProxyContext,
  contributions: readonly Contribution[],
): ListenerEntry | undefined {
  let state: State | undefined;
  for (const item of contributions) {
    if (listenerKind(item.listenPort.protocol) === 'none') continue;
    if (state === undefined) state = open(context, item);
    else if (item.catchAll && !state.first.catchAll) break;
    else state = add(context, state, item);
  }
  if (state === undefined) return undefined;
  return { first: state.first, protocol: state.protocol, chains: state.merger.chains };
}
