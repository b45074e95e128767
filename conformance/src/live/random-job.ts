import { interceptionVersion, runIptables, scriptText } from '@sidetrace/core/testing';
import type { RandomSource } from './random-source';

/** A packet as kernel_bed.py sends it. */
export interface BedPacket {
  readonly origin: 'local' | 'incoming';
  readonly family: 4 | 6;
  readonly proto: 'tcp' | 'udp';
  readonly dst: string;
  readonly dport: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly boundSrc?: string;
  /** `SO_MARK`. */
  readonly soMark?: number;
  /** `IP_TRANSPARENT`: the source may be foreign. */
  readonly transparent?: boolean;
}
export interface BedRuleset {
  readonly flags: Readonly<Record<string, string>>;
  /** Either the two texts of iptables or the one of nft. */
  readonly v4: string | null;
  readonly v6: string | null;
  readonly nft: string | null;
  /** Packets with mark 1337 are delivered to the pod: the policy route that TPROXY comes with. */
  readonly tproxy: boolean;
  readonly packets: readonly BedPacket[];
}

const ports = ['80', '443', '3306', '8080', '15020', '15090'] as const;
/** iptables alone writes ranges of ports and of interface names this way. */
const portRanges = ['31000:32000', ':79', '15006:'] as const;
const ranges = [
  '10.0.0.0/8',
  '192.0.2.0/24',
  '198.51.100.7/32',
  '10.1.0.0/24',
  '127.0.0.0/8',
  '0.0.0.0/0',
  '128.0.0.0/1',
  'fd00:2::/32',
  '2001:db8::/48',
  'fd00::/8',
  '::1/128',
  '::/0',
] as const;

/** Options of istio-init. */
function randomFlags(random: RandomSource): Readonly<Record<string, string>> {
  const some = (items: readonly [string, ...string[]]) =>
    [...new Set(Array.from({ length: 1 + random.below(3) }, () => random.pick(items)))].join(',');
  const nft = random.chance(0.3);
  const portList = () => some(nft ? ports : [...ports, ...portRanges]);
  const flags: Record<string, string> = {
    'istio-inbound-ports': random.chance(0.6) ? '*' : random.chance(0.2) ? '' : portList(),
    'istio-service-cidr': random.chance(0.5) ? '*' : random.chance(0.1) ? '' : some(ranges),
  };
  if (nft) flags['native-nftables'] = 'true';
  if (random.chance(0.3)) flags['istio-inbound-interception-mode'] = 'TPROXY';
  if (random.chance(0.2))
    flags['istio-exclude-interfaces'] = random.pick(['eth1', 'eth0', 'net1', 'lo', 'eth0,eth1']);
  if (random.chance(0.2))
    flags['kube-virt-interfaces'] = random.pick(['eth0', 'eth1', 'lo', 'net1,net2', 'eth0,eth1']);
  if (random.chance(0.5)) flags['istio-local-exclude-ports'] = portList();
  if (random.chance(0.5)) flags['istio-local-outbound-ports-exclude'] = portList();
  if (random.chance(0.3)) flags['istio-outbound-ports'] = portList();
  if (random.chance(0.4)) flags['istio-service-exclude-cidr'] = some(ranges);
  if (random.chance(0.3)) flags['proxy-uid'] = random.pick(['1337', '2345', '3,4', '0-4']);
  if (random.chance(0.3)) flags['proxy-gid'] = random.pick(['1337', '5432', '1,2', '0']);
  if (random.chance(0.3)) flags['redirect-dns'] = 'true';
  if (random.chance(0.3)) flags['capture-all-dns'] = 'true';
  if (random.chance(0.3)) flags['drop-invalid'] = 'true';
  if (random.chance(0.2)) flags['envoy-port'] = random.pick(['15101', '80']);
  return flags;
}

/** Owner groups and the loopback range come by the environment only. */
function randomVariables(random: RandomSource): Readonly<Record<string, string>> {
  if (random.chance(0.2)) {
    return { ISTIO_OUTBOUND_IPV4_LOOPBACK_CIDR: random.pick(['127.0.0.1/8', '127.0.0.0/16']) };
  }
  if (random.chance(0.6)) return {};
  return random.chance(0.5)
    ? { ISTIO_OUTBOUND_OWNER_GROUPS: '1000,5432' }
    : { ISTIO_OUTBOUND_OWNER_GROUPS_EXCLUDE: '1000,2345' };
}

const option = (name: string) => ({ kind: 'option', option: name }) as const;

type Compiled = Pick<BedRuleset, 'v4' | 'v6' | 'nft' | 'tproxy'>;

function compile(
  flags: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>>,
): Compiled {
  const run = runIptables({
    words: Object.entries(flags).map(([name, value]) => ({
      text: `--${name}=${value}`,
      origin: option(name),
    })),
    environment: new Map(
      Object.entries({ ...environment, ISTIO_DUAL_STACK: 'true' }).map(([name, value]) => [
        name,
        { value, origin: option(name) },
      ]),
    ),
    network: {
      interfaceAddresses: ['127.0.0.1', '10.1.0.5', '::1', 'fd00:1::5'],
      nameservers: ['10.96.0.10', 'fd00:96::a'],
    },
    version: interceptionVersion('1.32'),
  });
  if (run.kind !== 'script') throw new Error(`no text for ${JSON.stringify(flags)}`);
  const { script, routing } = run;
  const tproxy = routing.kind === 'routes';
  if (script.backend === 'nftables') {
    return { tproxy, v4: null, v6: null, nft: scriptText(script.nft) };
  }
  const v6 = script.v6 === undefined ? null : scriptText(script.v6);
  return { tproxy, v4: scriptText(script.v4), v6, nft: null };
}

const destinations = {
  4: [
    ...['10.2.0.9', '192.0.2.5', '198.51.100.7', '10.96.0.10', '10.30.1.1', '9.9.9.9'],
    ...['10.1.0.5', '10.3.0.5', '10.1.0.1', '10.1.0.163', '10.1.0.255', '10.1.0.0', '10.3.0.77'],
    ...['127.0.0.1', '127.0.0.2', '127.0.0.6', '127.255.255.255', '0.0.0.0', '255.255.255.255'],
  ],
  6: [
    ...['fd00:2::9', '2001:db8::5', 'fd00:96::a', 'fd00:30::1', 'fd00:1::5', 'fd00:3::5'],
    ...['fd00:1::77', '::1', '::6', '::'],
  ],
} as const;
const sources = {
  4: ['127.0.0.6', '127.0.0.1', '10.1.0.5', '10.3.0.5', '10.1.0.6'],
  6: ['::6', '::1', 'fd00:1::5', 'fd00:3::5', 'fd00:1::6'],
} as const;
const ids = [0, 1000, 1337, 2345, 1, 2, 3, 4, 5432] as const;
const packetPorts = [
  ...[80, 443, 53, 3306, 8080, 15001, 15006, 15008, 15020, 15090, 22],
  ...[1, 31_000, 32_001, 15_053, 65_535],
] as const;

/** What Envoy does in TPROXY mode: it marks its packets, and calls the application with the client's address. */
function asEnvoy(random: RandomSource, packet: BedPacket): BedPacket {
  if (random.chance(0.7)) return packet;
  const marked = { ...packet, uid: 0, gid: 1337, soMark: random.pick([1337, 1338]) };
  if (random.chance(0.5)) return marked;
  return packet.family === 4
    ? { ...marked, dst: '10.1.0.5', boundSrc: '10.2.0.9', transparent: true }
    : { ...marked, dst: 'fd00:1::5', boundSrc: 'fd00:2::9', transparent: true };
}

/** From the host's end of the interface, or from beyond it. */
function incomingPacket(random: RandomSource, packet: Headless): BedPacket {
  const v4 = packet.family === 4;
  const dst = v4 ? random.pick(['10.1.0.5', '10.3.0.5']) : random.pick(['fd00:1::5', 'fd00:3::5']);
  const beyond = random.chance(0.4) ? { boundSrc: v4 ? '10.2.0.9' : 'fd00:2::9' } : {};
  return { ...packet, origin: 'incoming', dst, ...beyond };
}

type Headless = Pick<BedPacket, 'family' | 'proto' | 'dport'>;

function randomPacket(random: RandomSource): BedPacket {
  const family = random.chance(0.7) ? 4 : 6;
  const proto = random.chance(0.8) ? 'tcp' : 'udp';
  const headless: Headless = { family, proto, dport: random.pick(packetPorts) };
  if (random.chance(0.25)) return incomingPacket(random, headless);
  const choose = (of: typeof sources | typeof destinations) =>
    family === 4 ? random.pick(of[4]) : random.pick(of[6]);
  return {
    ...headless,
    origin: 'local',
    dst: choose(destinations),
    uid: random.pick(ids),
    gid: random.pick(ids),
    ...(random.chance(0.25) ? { boundSrc: choose(sources) } : {}),
    ...(random.chance(0.1) ? { soMark: random.pick([1337, 1338, 7]) } : {}),
  };
}

/** Random rule sets of our own compiler, each with random packets. */
export function randomJob(
  random: RandomSource,
  rulesets: number,
  packets: number,
): readonly BedRuleset[] {
  return Array.from({ length: rulesets }, () => {
    const flags = randomFlags(random);
    const environment = randomVariables(random);
    const compiled = compile(flags, environment);
    const send = () => {
      const packet = randomPacket(random);
      return compiled.tproxy && packet.origin === 'local' ? asEnvoy(random, packet) : packet;
    };
    return {
      flags: { ...flags, ...environment },
      ...compiled,
      packets: Array.from({ length: packets }, send),
    };
  });
}
