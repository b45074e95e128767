import type { InterceptionConfig } from '../options/config';
import { type DnsServer, familiesWithServers, serversOf } from './dns-servers';
import { dnsZoneRules } from './dns-zones';
import { everyPacket, jump, type NeutralRule, nftFamily } from './rule';

/** Port 53 to the agent's DNS port: to every address, or to the pod's name servers (run.go:SetupDNSRedir). */
export function dnsRules(config: InterceptionConfig): readonly NeutralRule[] {
  const { dns } = config;
  if (dns === undefined) return [];
  const origin = config.origin('redirect-dns');
  const protocols = ['tcp', 'udp'] as const;
  return [
    {
      table: 'raw',
      chain: 'OUTPUT',
      scope: 'both',
      condition: everyPacket,
      verdict: jump('ISTIO_OUTPUT_DNS'),
      origin,
    },
    {
      table: 'nat',
      chain: 'ISTIO_OUTPUT',
      scope: dns.captureAll ? 'both' : familiesWithServers(dns.servers),
      condition: everyPacket,
      verdict: jump('ISTIO_OUTPUT_DNS'),
      origin,
    },
    ...protocols.flatMap(protocol =>
      dns.captureAll
        ? [redirectAll(config, protocol)]
        : serversOf(dns.servers).map(server => redirectServer(config, protocol, server)),
    ),
    ...dnsZoneRules(config, dns),
  ];
}

function redirectAll(config: InterceptionConfig, protocol: 'tcp' | 'udp'): NeutralRule {
  return {
    table: 'nat',
    chain: 'ISTIO_OUTPUT_DNS',
    scope: 'both',
    condition: {
      iptables: `-p ${protocol} --dport 53`,
      nft: protocol === 'tcp' ? 'meta l4proto tcp tcp dport 53' : 'udp dport 53',
    },
    verdict: { kind: 'redirect-dns', protocol },
    origin: config.origin('redirect-dns'),
  };
}

function redirectServer(
  config: InterceptionConfig,
  protocol: 'tcp' | 'udp',
  server: DnsServer,
): NeutralRule {
  return {
    ...redirectAll(config, protocol),
    scope: server.family,
    condition: {
      iptables: `-p ${protocol} --dport 53 -d ${server.address}`,
      nft: `${nftFamily(server.family)} daddr ${server.address} ${protocol} dport 53`,
    },
  };
}
