import {
  type HookStep,
  loadIptables,
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
  ],
  routes: ['0.0.0.0/0', '::/0'].map(text => ({ destination: cidr(text), interface: 'eth0' })),
  forwarding: false,
  ...(tproxy ? { localMark: { mark: 1337 } } : {}),
});

function tables(text: string | null, family: 4 | 6): Ruleset['v4'] {
  const result = loadIptables(
    (text ?? '').split('\n').map(line => ({ text: line })),
    family,
  );
  if (result.kind !== 'loaded') throw new Error(`not loaded: ${JSON.stringify(result)}`);
  return result.tables;
}

export interface Model {
  readonly ruleset: Ruleset;
  readonly network: Network;
}

/** The machine's side of a rule set of the bed. */
export function modelOf({ v4, v6, tproxy }: Pick<BedRuleset, 'v4' | 'v6' | 'tproxy'>): Model {
  return {
    ruleset: { backend: 'iptables', v4: tables(v4, 4), v6: tables(v6, 6) },
    network: networkOf(tproxy),
  };
}

function packetOf(packet: BedPacket): Packet {
  const { origin, family, proto: protocol, dst, dport: port, boundSrc, soMark } = packet;
  const common = { family, protocol, destination: ip(dst), port };
  if (origin === 'incoming') {
    const source = ip(family === 4 ? '10.1.0.1' : 'fd00:1::1');
    return { ...common, origin, source, interface: 'eth0' };
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
      .map(rule => [rule.table, rule.chain, rule.number] as const),
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
