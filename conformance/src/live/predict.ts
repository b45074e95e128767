import {
  type HookStep,
  type LoadResult,
  loadIptables,
  loadNft,
  type Network,
  type Packet,
  type Ruleset,
  traverse,
} from '@sidetrace/core/netfilter';
import { parseCidr, parseIp } from '@sidetrace/core/testing';
import type { BedPacket, BedRuleset } from './random-job';

/** What a hook saw, in the words of kernel_bed.py. */
export interface MeasuredHook {
  readonly hook: string;
  readonly device: string | undefined;
  readonly nat: boolean;
  readonly src: string;
  readonly dst: string;
  readonly dport: number;
  readonly mark: number;
  readonly end: { readonly dst: string; readonly dport: number; readonly mark: number };
  readonly rules: readonly (readonly [string, string, number])[];
}

/** What the bed measures of one packet: its hooks, or the error of the socket call. */
export interface Measured {
  readonly hooks: readonly MeasuredHook[];
  readonly error: string | null;
}

function some<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`no ${what}`);
  return value;
}
const ip = (text: string) => some(parseIp(text), text);
const cidr = (text: string) => some(parseCidr(text), text);

/** The pod of kernel_bed.py. */
const networkOf = (tproxy: boolean): Network => ({
  interfaces: [
    { name: 'lo', addresses: ['127.0.0.1/8', '::1/128', '::6/128'].map(cidr) },
    { name: 'eth0', addresses: ['10.1.0.5/24', 'fd00:1::5/64'].map(cidr) },
    { name: 'eth1', addresses: ['10.3.0.5/24', 'fd00:3::5/64'].map(cidr) },
  ],
  routes: [
    ...['0.0.0.0/0', '::/0'].map(text => ({ destination: cidr(text), interface: 'eth0' })),
    ...['10.30.0.0/16', 'fd00:30::/32'].map(text => ({
      destination: cidr(text),
      interface: 'eth1',
    })),
  ],
  forwarding: false,
  ...(tproxy ? { localMark: { mark: 1337 } } : {}),
});

const lines = (text: string) => text.split('\n').map(line => ({ text: line }));

function tables(result: LoadResult): Ruleset['v4'] {
  if (result.kind !== 'loaded') throw new Error(`not loaded: ${JSON.stringify(result)}`);
  return result.tables;
}

export interface Model {
  readonly ruleset: Ruleset;
  readonly network: Network;
}

type Texts = Pick<BedRuleset, 'v4' | 'v6' | 'nft'>;

function rulesetOf({ v4, v6, nft }: Texts): Ruleset {
  if (nft !== null) {
    const both = tables(loadNft(lines(nft)));
    return { backend: 'nftables', v4: both, v6: both };
  }
  return {
    backend: 'iptables',
    v4: tables(loadIptables(lines(v4 ?? ''), 4)),
    v6: tables(loadIptables(lines(v6 ?? ''), 6)),
  };
}

/** The machine's side of a rule set of the bed. */
export const modelOf = (texts: Texts & Pick<BedRuleset, 'tproxy'>): Model => ({
  ruleset: rulesetOf(texts),
  network: networkOf(texts.tproxy),
});

/** Where a packet comes from that names no source: the host's end of the interface. */
const gateways = {
  eth0: { 4: '10.1.0.1', 6: 'fd00:1::1' },
  eth1: { 4: '10.3.0.1', 6: 'fd00:3::1' },
} as const;

function packetOf(packet: BedPacket): Packet {
  const { origin, family, proto: protocol, dst, dport: port, boundSrc, soMark } = packet;
  const common = { family, protocol, destination: ip(dst), port };
  if (origin === 'incoming') {
    const device = /^(10\.3\.|fd00:3:)/.test(dst) ? 'eth1' : 'eth0';
    const source = ip(boundSrc ?? gateways[device][family]);
    return { ...common, origin, source, interface: device };
  }
  return {
    ...common,
    origin,
    owner: { uid: packet.uid ?? 0, gid: packet.gid ?? 0 },
    transparent: packet.transparent === true,
    ...(boundSrc === undefined ? {} : { boundSource: ip(boundSrc) }),
    ...(soMark === undefined ? {} : { mark: soMark }),
  };
}

/** Key order is the bed's: both sides are compared as text. */
function hookOf(step: HookStep): MeasuredHook {
  const { hook, nat, source, destination, port, rewritten, mark, endMark } = step;
  return {
    hook,
    device: step.iif ?? step.oif,
    nat,
    src: source,
    dst: destination,
    dport: port,
    mark,
    end: {
      dst: rewritten?.destination ?? destination,
      dport: rewritten?.port ?? port,
      mark: endMark,
    },
    rules: step.rules
      .filter(rule => rule.matched)
      .map(rule => [rule.tableName, rule.chain, rule.number] as const),
  };
}

/** What the machine says the bed will measure. */
export function predict({ ruleset, network }: Model, packet: BedPacket): Measured {
  const { hooks, final } = traverse(ruleset, network, packetOf(packet));
  return {
    hooks: hooks.map(hookOf),
    error: final.kind === 'no-packet' ? final.error : null,
  };
}
