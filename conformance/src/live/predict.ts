import {
  loadIptables,
  type Network,
  type Packet,
  type Ruleset,
  traverse,
} from '@sidetrace/core/netfilter';
import { parseCidr, parseIp } from '@sidetrace/core/testing';
import type { BedPacket, BedRuleset } from './random-job';

/** What the bed measures of one packet. */
export interface Measured {
  /** Rules met, sorted: `table chain number`. */
  readonly hits: readonly string[];
  /** Packets that came to a socket of the pod, and that left it. */
  readonly in: number;
  readonly out: number;
}

function some<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`no ${what}`);
  return value;
}
const ip = (text: string) => some(parseIp(text), text);
const cidr = (text: string) => some(parseCidr(text), text);

/** The pod of kernel_bed.py. */
const network: Network = {
  interfaces: [
    { name: 'lo', addresses: ['127.0.0.1/8', '::1/128', '::6/128'].map(cidr) },
    { name: 'eth0', addresses: ['10.1.0.5/24', 'fd00:1::5/64'].map(cidr) },
  ],
  routes: ['0.0.0.0/0', '::/0'].map(text => ({ destination: cidr(text), interface: 'eth0' })),
  forwarding: false,
};

function tables(text: string | null, family: 4 | 6): Ruleset['v4'] {
  const result = loadIptables(
    (text ?? '').split('\n').map(line => ({ text: line })),
    family,
  );
  if (result.kind !== 'loaded') throw new Error(`not loaded: ${JSON.stringify(result)}`);
  return result.tables;
}

export function rulesetOf({ v4, v6 }: Pick<BedRuleset, 'v4' | 'v6'>): Ruleset {
  return { backend: 'iptables', v4: tables(v4, 4), v6: tables(v6, 6) };
}

function packetOf({
  origin,
  family,
  proto,
  dst,
  dport,
  uid = 0,
  gid = 0,
  boundSrc,
}: BedPacket): Packet {
  const common = { family, protocol: proto, destination: ip(dst), port: dport };
  if (origin === 'incoming') {
    return {
      ...common,
      origin,
      source: ip(family === 4 ? '10.1.0.1' : 'fd00:1::1'),
      interface: 'eth0',
    };
  }
  return {
    ...common,
    origin,
    owner: { uid, gid },
    ...(boundSrc === undefined ? {} : { boundSource: ip(boundSrc) }),
  };
}

/** What the machine says the bed will measure. */
export function predict(ruleset: Ruleset, packet: BedPacket): Measured {
  const { hooks, final } = traverse(ruleset, network, packetOf(packet));
  const hits = hooks.flatMap(hook =>
    hook.rules
      .filter(step => step.matched)
      .map(step => `${step.table} ${step.chain} ${step.number}`),
  );
  const delivered = final.kind === 'redirect' || final.kind === 'local';
  return {
    hits: [...new Set(hits)].sort(),
    in: delivered ? 1 : 0,
    out: final.kind === 'out' ? 1 : 0,
  };
}
