import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cidr, type IpAddress, parseCidr, parseIp } from '../net';
import { type LocalPacket, type Network, traverse } from '../netfilter';
import { loadScript } from './load-script';
import { runIptables } from './run-iptables';
import { interceptionVersion } from './versions';

const origin = { kind: 'option', option: 'test' } as const;

function cidr(text: string): Cidr {
  const read = parseCidr(text);
  if (read === undefined) throw new Error(`${text} is no range`);
  return read;
}
function ip(text: string): IpAddress {
  const read = parseIp(text);
  if (read === undefined) throw new Error(`${text} is no address`);
  return read;
}

const network: Network = {
  interfaces: [
    { name: 'lo', addresses: [cidr('127.0.0.1/8')] },
    { name: 'eth0', addresses: [cidr('10.1.0.5/24')] },
  ],
  routes: [{ destination: cidr('0.0.0.0/0'), interface: 'eth0' }],
  forwarding: false,
};

type Flags = Readonly<Record<string, string>>;

function rulesOf(flags: Flags, dns: boolean) {
  const environment = new Map(
    dns ? [['ISTIO_META_DNS_CAPTURE', { value: 'true', origin }] as const] : [],
  );
  const run = runIptables({
    words: Object.entries(flags).map(([name, value]) => ({ text: `--${name}=${value}`, origin })),
    environment,
    network: { interfaceAddresses: ['127.0.0.1', '10.1.0.5'], nameservers: ['10.96.0.10'] },
    version: interceptionVersion('1.32'),
  });
  if (run.kind !== 'script') throw new Error(`no script: ${JSON.stringify(run)}`);
  const loaded = loadScript(run.script);
  if (loaded.kind !== 'loaded') throw new Error(`not loaded: ${JSON.stringify(loaded)}`);
  return loaded.ruleset;
}

const ports = ['53', '80', '443', '3306', '8080', '15008', '15020'];
const ranges = ['10.96.0.0/12', '10.2.0.0/16', '127.0.0.0/8', '203.0.113.7/32', '0.0.0.0/0'];
const list = (items: readonly string[]) =>
  fc.subarray([...items], { maxLength: 3 }).map(part => part.join(','));

const flags = fc.record({
  'istio-service-cidr': fc.oneof(fc.constant('*'), list(ranges)),
  'istio-service-exclude-cidr': list(ranges),
  'istio-outbound-ports': list(ports),
  'istio-local-outbound-ports-exclude': list(ports),
  'istio-inbound-ports': fc.constantFrom('*', '', '8080'),
  'proxy-uid': fc.constantFrom('1337', '3,4'),
});

const packet = fc.record({
  origin: fc.constant('local' as const),
  family: fc.constant(4 as const),
  protocol: fc.constantFrom('tcp' as const, 'udp' as const),
  destination: fc.constantFrom(
    ...['10.2.0.9', '10.96.0.10', '10.1.0.5', '127.0.0.1', '127.0.0.2', '203.0.113.7'].map(ip),
  ),
  port: fc.constantFrom(...ports.map(Number)),
  owner: fc.record({
    uid: fc.constantFrom(0, 3, 4, 1000, 1337),
    gid: fc.constantFrom(0, 1000, 1337),
  }),
});

function isCaptured(ruleset: ReturnType<typeof rulesOf>, call: LocalPacket): boolean {
  return traverse(ruleset, network, call).final.kind === 'redirect';
}

describe('laws of interception', () => {
  it('excluding a port never captures more', () => {
    fc.assert(
      fc.property(
        flags,
        packet,
        fc.boolean(),
        fc.constantFrom(...ports),
        (given, call, dns, port) => {
          const before = given['istio-local-outbound-ports-exclude'];
          const more = {
            ...given,
            'istio-local-outbound-ports-exclude': before === '' ? port : `${before},${port}`,
          };
          if (isCaptured(rulesOf(more, dns), call)) {
            expect(isCaptured(rulesOf(given, dns), call)).toBe(true);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('excluding a range captures nothing more', () => {
    fc.assert(
      fc.property(flags, packet, fc.boolean(), (given, call, dns) => {
        const without = { ...given, 'istio-service-exclude-cidr': '' };
        if (isCaptured(rulesOf(given, dns), call)) {
          expect(isCaptured(rulesOf(without, dns), call)).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('iptables and nftables send what a process of an IPv4 pod sends to the same place', () => {
    fc.assert(
      fc.property(flags, packet, fc.boolean(), (given, call, dns) => {
        const iptables = traverse(rulesOf(given, dns), network, call).final;
        const native = { ...given, 'native-nftables': 'true' };
        expect(traverse(rulesOf(native, dns), network, call).final).toEqual(iptables);
      }),
      { numRuns: 150 },
    );
  });
});
