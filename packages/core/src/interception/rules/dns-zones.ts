import type { InterceptionConfig } from '../options/config';
import { type DnsServer, familiesWithServers, serversOf } from './dns-servers';
import { everyPacket, jump, type NeutralRule, nftFamily, type Scope } from './rule';

type Dns = NonNullable<InterceptionConfig['dns']>;

/**
 * Two conntrack zones, so that the agent's queries and the application's do not meet: zone 1 between agent and name
 * server, zone 2 between application and agent (run.go:addDNSConntrackZones).
 */
export function dnsZoneRules(config: InterceptionConfig, dns: Dns): readonly NeutralRule[] {
  return [...agentZones(config), jumpFromPrerouting(config, dns), ...serverZones(config, dns)];
}

function zoneRule(
  config: InterceptionConfig,
  chain: 'ISTIO_OUTPUT_DNS' | 'ISTIO_INBOUND',
  zone: 1 | 2,
  condition: NeutralRule['condition'],
  scope: Scope = 'both',
): NeutralRule {
  return {
    table: 'raw',
    chain,
    scope,
    condition,
    verdict: { kind: 'zone', zone },
    origin: config.origin('redirect-dns'),
  };
}

function agentZones(config: InterceptionConfig): readonly NeutralRule[] {
  const owners = [
    ...config.proxyUids.map(id => ({ kind: 'uid', id }) as const),
    ...config.proxyGids.map(id => ({ kind: 'gid', id }) as const),
  ];
  return owners.flatMap(({ kind, id }) => [
    zoneRule(config, 'ISTIO_OUTPUT_DNS', 1, {
      iptables: `-p udp --dport 53 -m owner --${kind}-owner ${id}`,
      nft: `udp dport 53 meta sk${kind} ${id}`,
    }),
    zoneRule(config, 'ISTIO_OUTPUT_DNS', 2, {
      iptables: `-p udp --sport 15053 -m owner --${kind}-owner ${id}`,
      nft: `udp sport 15053 meta sk${kind} ${id}`,
    }),
  ]);
}

/** iptables writes the jump before each family's servers; since rules of one family keep their order, once is the same. */
function jumpFromPrerouting(config: InterceptionConfig, dns: Dns): NeutralRule {
  return {
    table: 'raw',
    chain: 'PREROUTING',
    scope: dns.captureAll ? 'both' : familiesWithServers(dns.servers),
    condition: everyPacket,
    verdict: jump('ISTIO_INBOUND'),
    origin: config.origin('redirect-dns'),
  };
}

function serverZones(config: InterceptionConfig, dns: Dns): readonly NeutralRule[] {
  if (dns.captureAll) {
    return [
      zoneRule(config, 'ISTIO_OUTPUT_DNS', 2, toPort53()),
      zoneRule(config, 'ISTIO_INBOUND', 1, fromPort53()),
    ];
  }
  return serversOf(dns.servers).flatMap(server => [
    zoneRule(config, 'ISTIO_OUTPUT_DNS', 2, toPort53(server), server.family),
    zoneRule(config, 'ISTIO_INBOUND', 1, fromPort53(server), server.family),
  ]);
}

function toPort53(server?: DnsServer): NeutralRule['condition'] {
  return {
    iptables: `-p udp --dport 53${server === undefined ? '' : ` -d ${server.address}`}`,
    nft: `udp dport 53${server === undefined ? '' : ` ${nftFamily(server.family)} daddr ${server.address}`}`,
  };
}

function fromPort53(server?: DnsServer): NeutralRule['condition'] {
  return {
    iptables: `-p udp --sport 53${server === undefined ? '' : ` -s ${server.address}`}`,
    nft: `udp sport 53${server === undefined ? '' : ` ${nftFamily(server.family)} saddr ${server.address}`}`,
  };
}
