import type { InterceptionConfig } from '../options/config';
import { splitList } from '../options/network-range';
import { loopbackRange } from './addresses';
import {
  type ChainId,
  type Condition,
  everyPacket,
  families,
  jump,
  type NeutralRule,
  nftFamily,
  tcp,
  toReturn,
  type Verdict,
} from './rule';

/** Inbound capture: none, all ports but the excluded ones, or a list of ports (run.go:handleInboundPortsInclude). */
export function inboundRules(config: InterceptionConfig): readonly NeutralRule[] {
  if (config.inboundPortsInclude === '') return [];
  const ports = config.inboundPortsInclude === '*' ? wildcardPorts(config) : listedPorts(config);
  return [
    ...(config.tproxy ? tproxyChains(config) : []),
    rule(config, 'PREROUTING', tcp, jump('ISTIO_INBOUND')),
    ...ports,
  ];
}

function rule(
  config: InterceptionConfig,
  chain: ChainId,
  condition: Condition,
  verdict: Verdict,
): NeutralRule {
  return {
    table: config.tproxy ? 'mangle' : 'nat',
    chain,
    scope: 'both',
    condition,
    verdict,
    origin: config.origin('istio-inbound-ports'),
  };
}

/** Marked packets are routed to lo by policy routing, where TPROXY hands them to Envoy unchanged. */
function tproxyChains(config: InterceptionConfig): readonly NeutralRule[] {
  const origin = config.origin('istio-inbound-interception-mode');
  const { tproxyMark: mark, inboundCapturePort: port } = config;
  return [
    { ...rule(config, 'ISTIO_DIVERT', everyPacket, { kind: 'mark', mark }), origin },
    { ...rule(config, 'ISTIO_DIVERT', everyPacket, { kind: 'accept' }), origin },
    ...families.map((family): NeutralRule => {
      const loopback = loopbackRange(config, family);
      const condition = {
        iptables: `! -d ${loopback} -p tcp`,
        nft: `meta l4proto tcp ${nftFamily(family)} daddr != ${loopback}`,
      };
      const verdict: Verdict = { kind: 'tproxy', family, port, mark };
      return { ...rule(config, 'ISTIO_TPROXY', condition, verdict), scope: family, origin };
    }),
  ];
}

function wildcardPorts(config: InterceptionConfig): readonly NeutralRule[] {
  const excluded = config.inboundPortsExclude.map(
    (port): NeutralRule => ({
      ...rule(config, 'ISTIO_INBOUND', toPort(port), toReturn),
      origin: config.origin('istio-local-exclude-ports'),
    }),
  );
  const established = {
    iptables: '-p tcp -m conntrack --ctstate RELATED,ESTABLISHED',
    nft: 'meta l4proto tcp ct state related,established',
  };
  return config.tproxy
    ? [
        ...excluded,
        rule(config, 'ISTIO_INBOUND', established, jump('ISTIO_DIVERT')),
        rule(config, 'ISTIO_INBOUND', tcp, jump('ISTIO_TPROXY')),
      ]
    : [...excluded, rule(config, 'ISTIO_INBOUND', tcp, jump('ISTIO_IN_REDIRECT'))];
}

function listedPorts(config: InterceptionConfig): readonly NeutralRule[] {
  return splitList(config.inboundPortsInclude).flatMap(port => {
    if (!config.tproxy) {
      return [rule(config, 'ISTIO_INBOUND', toPort(port), jump('ISTIO_IN_REDIRECT'))];
    }
    const established = {
      iptables: `-p tcp --dport ${port} -m conntrack --ctstate RELATED,ESTABLISHED`,
      nft: `meta l4proto tcp ct state related,established tcp dport ${port}`,
    };
    return [
      rule(config, 'ISTIO_INBOUND', established, jump('ISTIO_DIVERT')),
      rule(config, 'ISTIO_INBOUND', toPort(port), jump('ISTIO_TPROXY')),
    ];
  });
}

function toPort(port: string): Condition {
  return { iptables: `-p tcp --dport ${port}`, nft: `meta l4proto tcp tcp dport ${port}` };
}
