import { cidrContains, type IpAddress, ipFamily, parseCidr, parseIp } from '../../net';
import type { FilterChain } from '../config/filter-chain';
import type { EnvoyCall } from '../machine/call';
import type { Sniffed } from './sniff';

/** What a connection offers to one criterion of filter chain matching. */
export interface ChainInput {
  readonly call: EnvoyCall;
  readonly ip: IpAddress | undefined;
  readonly sniffed: Sniffed;
}

export function chainInput(call: EnvoyCall, sniffed: Sniffed): ChainInput {
  return { call, ip: parseIp(call.address), sniffed };
}

/**
 * One stage of the sieve: which values a chain accepts, and the one that the connection is given, most specific first.
 */
export interface Criterion {
  readonly name: string;
  readonly values: (chain: FilterChain) => readonly string[];
  readonly pick: (keys: ReadonlyMap<string, unknown>, input: ChainInput) => string | undefined;
  /** What the connection has, for the trace. */
  readonly describe: (input: ChainInput) => string;
}

/** Key of chains that leave the criterion of a stage empty. */
export const anyValue = '';

const port: Criterion = {
  name: 'destination port',
  values: ({ match }) => (match.destinationPort === undefined ? [] : [`${match.destinationPort}`]),
  pick: (keys, { call }) => (keys.has(`${call.port}`) ? `${call.port}` : undefined),
  describe: ({ call }) => `${call.port}`,
};

const prefix: Criterion = {
  name: 'destination IP',
  values: ({ match }) =>
    (match.prefixRanges ?? []).map(range => `${range.address}/${range.length}`),
  pick: (keys, { ip }) => (ip === undefined ? undefined : longestPrefix(keys, ip)),
  describe: ({ call }) => call.address,
};

function longestPrefix(keys: ReadonlyMap<string, unknown>, ip: IpAddress): string | undefined {
  const whole = `${ip}/${ipFamily(ip) === 4 ? 32 : 128}`;
  if (keys.has(whole)) return whole;
  let best: { readonly key: string; readonly length: number } | undefined;
  for (const key of keys.keys()) {
    const range = key === anyValue ? undefined : parseCidr(key);
    if (range === undefined || range.length <= (best?.length ?? -1)) continue;
    if (cidrContains(range, ip)) best = { key, length: range.length };
  }
  return best?.key;
}

const serverName: Criterion = {
  name: 'server name',
  values: ({ match }) => match.serverNames ?? [],
  pick: (keys, { sniffed }) => {
    const name = sniffed.serverName;
    if (name === undefined) return undefined;
    if (keys.has(name)) return name;
    for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      const wildcard = `*${name.slice(dot)}`;
      if (keys.has(wildcard)) return wildcard;
    }
    return undefined;
  },
  describe: ({ sniffed }) => sniffed.serverName ?? 'none',
};

const transport: Criterion = {
  name: 'transport protocol',
  values: ({ match }) => (match.transportProtocol === undefined ? [] : [match.transportProtocol]),
  pick: (keys, { sniffed }) => (keys.has(sniffed.transport) ? sniffed.transport : undefined),
  describe: ({ sniffed }) => sniffed.transport,
};

const application: Criterion = {
  name: 'application protocol',
  values: ({ match }) => match.applicationProtocols ?? [],
  pick: (keys, { sniffed }) => sniffed.applicationProtocols.find(name => keys.has(name)),
  describe: ({ sniffed }) => sniffed.applicationProtocols.join(', ') || 'none',
};

/** Order of the stages (`api/envoy/config/listener/v3/listener_components.proto:FilterChainMatch`). Source criteria are not used by istiod outbound. */
export const criteria: readonly Criterion[] = [port, prefix, serverName, transport, application];

/** A stage: chains by the value that they accept; what follows is made when it is walked. */
export interface ChainNode {
  readonly chains: readonly FilterChain[];
  readonly groups: ReadonlyMap<string, readonly FilterChain[]>;
  readonly child: (value: string) => ChainNode | undefined;
}

function group(chains: readonly FilterChain[], criterion: Criterion | undefined) {
  const groups = new Map<string, FilterChain[]>();
  for (const chain of chains) {
    const values = criterion?.values(chain) ?? [];
    for (const value of values.length === 0 ? [anyValue] : values) {
      const members = groups.get(value);
      if (members === undefined) groups.set(value, [chain]);
      else members.push(chain);
    }
  }
  return groups;
}

function buildNode(chains: readonly FilterChain[], depth: number): ChainNode {
  const groups = group(chains, criteria[depth]);
  const made = new Map<string, ChainNode>();
  const child = (value: string) => {
    const members = groups.get(value);
    if (members === undefined) return undefined;
    const node = made.get(value) ?? buildNode(members, depth + 1);
    made.set(value, node);
    return node;
  };
  return { chains, groups, child };
}

const indexes = new WeakMap<readonly FilterChain[], ChainNode>();

/** The chains of a listener by criterion, made once for each listener. */
export function filterChainIndex(chains: readonly FilterChain[]): ChainNode {
  const known = indexes.get(chains);
  if (known !== undefined) return known;
  const node = buildNode(chains, 0);
  indexes.set(chains, node);
  return node;
}
