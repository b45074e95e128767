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
}
export interface BedRuleset {
  readonly flags: Readonly<Record<string, string>>;
  readonly v4: string;
  readonly v6: string | null;
  readonly packets: readonly BedPacket[];
}

const ports = ['80', '443', '3306', '8080', '15020', '15090'] as const;
const ranges = [
  '10.0.0.0/8',
  '192.0.2.0/24',
  '198.51.100.7/32',
  'fd00:2::/32',
  '2001:db8::/48',
] as const;

/** Options of istio-init that do not need a transparent listener; TPROXY is left to the recorded packets. */
function randomFlags(random: RandomSource): Readonly<Record<string, string>> {
  const some = (items: readonly [string, ...string[]]) =>
    [...new Set(Array.from({ length: 1 + random.below(3) }, () => random.pick(items)))].join(',');
  const flags: Record<string, string> = {
    'istio-inbound-ports': random.chance(0.7) ? '*' : some(ports),
    'istio-service-cidr': random.chance(0.7) ? '*' : some(ranges),
  };
  if (random.chance(0.5)) flags['istio-local-exclude-ports'] = some(ports);
  if (random.chance(0.5)) flags['istio-local-outbound-ports-exclude'] = some(ports);
  if (random.chance(0.3)) flags['istio-outbound-ports'] = some(ports);
  if (random.chance(0.4)) flags['istio-service-exclude-cidr'] = some(ranges);
  if (random.chance(0.3)) flags['proxy-uid'] = random.pick(['1337', '2345', '3,4']);
  if (random.chance(0.3)) flags['proxy-gid'] = random.pick(['1337', '5432']);
  if (random.chance(0.3)) flags['redirect-dns'] = 'true';
  if (random.chance(0.3)) flags['drop-invalid'] = 'true';
  return flags;
}

const option = (name: string) => ({ kind: 'option', option: name }) as const;

function compile(flags: Readonly<Record<string, string>>): Pick<BedRuleset, 'v4' | 'v6'> {
  const run = runIptables({
    words: Object.entries(flags).map(([name, value]) => ({
      text: `--${name}=${value}`,
      origin: option(name),
    })),
    environment: new Map([
      ['ISTIO_DUAL_STACK', { value: 'true', origin: option('ISTIO_DUAL_STACK') }],
    ]),
    network: {
      interfaceAddresses: ['127.0.0.1', '10.1.0.5', '::1', 'fd00:1::5'],
      nameservers: ['10.96.0.10', 'fd00:96::a'],
    },
    version: interceptionVersion('1.32'),
  });
  if (run.kind !== 'script' || run.script.backend !== 'iptables')
    throw new Error(`no text for ${JSON.stringify(flags)}`);
  return {
    v4: scriptText(run.script.v4),
    v6: run.script.v6 === undefined ? null : scriptText(run.script.v6),
  };
}

const destinations = {
  4: ['10.2.0.9', '192.0.2.5', '198.51.100.7', '10.1.0.5', '127.0.0.1', '127.0.0.2', '10.96.0.10'],
  6: ['fd00:2::9', '2001:db8::5', 'fd00:1::5', '::1', 'fd00:96::a'],
} as const;
const ids = [0, 1000, 1337, 2345, 3, 4, 5432] as const;
const packetPorts = [80, 443, 53, 3306, 8080, 15001, 15006, 15008, 15020, 15090, 22] as const;

function randomPacket(random: RandomSource): BedPacket {
  const family = random.chance(0.7) ? 4 : 6;
  const proto = random.chance(0.8) ? 'tcp' : 'udp';
  const dport = random.pick(packetPorts);
  if (random.chance(0.25)) {
    return {
      origin: 'incoming',
      family,
      proto,
      dst: family === 4 ? '10.1.0.5' : 'fd00:1::5',
      dport,
    };
  }
  const bound = random.chance(0.15) ? { boundSrc: family === 4 ? '127.0.0.6' : '::6' } : {};
  const dst = family === 4 ? random.pick(destinations[4]) : random.pick(destinations[6]);
  return {
    origin: 'local',
    family,
    proto,
    dst,
    dport,
    uid: random.pick(ids),
    gid: random.pick(ids),
    ...bound,
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
    return {
      flags,
      ...compile(flags),
      packets: Array.from({ length: packets }, () => randomPacket(random)),
    };
  });
}
