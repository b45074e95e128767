import type { IpFamily } from '../../net';
import type { InterceptionConfig } from '../options/config';
import type { EnvironmentOptionName, OptionName } from '../options/option';
import { inboundSource, loopbackRange } from './addresses';
import { dnsRules } from './dns';
import { ownerGroupRules } from './owner-group';
import { proxyOwnerRules } from './proxy-owner';
import {
  type Condition,
  everyPacket,
  families,
  jump,
  type NeutralRule,
  nftFamily,
  type Scope,
  toReturn,
  type Verdict,
} from './rule';
import { virtualInterfaceCapture } from './virtual-interfaces';

/** The outbound chain, in the order in which the kernel asks: the first match decides (run.go:Run). */
export function outboundRules(config: InterceptionConfig): readonly NeutralRule[] {
  return [
    enterOutboundChain(config),
    ...excludedPorts(config),
    ...inboundPassthrough(),
    ...proxyOwnerRules(config),
    ...ownerGroupRules(config),
    ...dnsRules(config),
    ...loopbackDestination(config),
    ...excludedRanges(config),
    ...includedPorts(config),
    ...includedRanges(config),
  ];
}

function output(
  config: InterceptionConfig,
  option: OptionName | EnvironmentOptionName,
  rule: { readonly scope?: Scope; readonly condition: Condition; readonly verdict: Verdict },
): NeutralRule {
  return {
    table: 'nat',
    chain: 'ISTIO_OUTPUT',
    scope: 'both',
    origin: config.origin(option),
    ...rule,
  };
}

/** Every protocol enters the chain; only TCP is redirected by it. */
function enterOutboundChain(config: InterceptionConfig): NeutralRule {
  return {
    ...output(config, 'envoy-port', { condition: everyPacket, verdict: jump('ISTIO_OUTPUT') }),
    chain: 'OUTPUT',
  };
}

function excludedPorts(config: InterceptionConfig): readonly NeutralRule[] {
  return config.outboundPortsExclude.flatMap(port =>
    ['tcp', 'udp'].map(protocol =>
      output(config, 'istio-local-outbound-ports-exclude', {
        condition: {
          iptables: `-p ${protocol} --dport ${port}`,
          nft: `${protocol} dport ${port}`,
        },
        verdict: toReturn,
      }),
    ),
  );
}

/** From Envoy's inbound side to the application. */
function inboundPassthrough(): readonly NeutralRule[] {
  return families.map(family => ({
    table: 'nat',
    chain: 'ISTIO_OUTPUT',
    scope: family,
    condition: {
      iptables: `-o lo -s ${inboundSource[family]}`,
      nft: `oifname lo ${nftFamily(family)} saddr ${inboundSource[family]}`,
    },
    verdict: toReturn,
    origin: { kind: 'default', default: `inbound passthrough source=${inboundSource[family]}` },
  }));
}

function loopbackDestination(config: InterceptionConfig): readonly NeutralRule[] {
  return families.map(family =>
    output(
      config,
      'ISTIO_OUTBOUND_IPV4_LOOPBACK_CIDR',
      toRange(family, loopbackRange(config, family), toReturn),
    ),
  );
}

function excludedRanges(config: InterceptionConfig): readonly NeutralRule[] {
  const { v4, v6 } = config.excludeRanges;
  const rule = (family: IpFamily, range: string) =>
    output(config, 'istio-service-exclude-cidr', toRange(family, range, toReturn));
  return [...v4.map(range => rule(4, range)), ...v6.map(range => rule(6, range))];
}

function includedPorts(config: InterceptionConfig): readonly NeutralRule[] {
  return config.outboundPortsInclude.map(port =>
    output(config, 'istio-outbound-ports', {
      condition: { iptables: `-p tcp --dport ${port}`, nft: `tcp dport ${port}` },
      verdict: jump('ISTIO_REDIRECT'),
    }),
  );
}

/** All that is left, or what is for an included range; the same for what comes in by virtual interfaces. */
function includedRanges(config: InterceptionConfig): readonly NeutralRule[] {
  const verdict = jump('ISTIO_REDIRECT');
  const { wildcard, v4, v6 } = config.includeRanges;
  if (wildcard) {
    return [
      output(config, 'istio-service-cidr', { condition: everyPacket, verdict }),
      ...virtualInterfaceCapture(config),
    ];
  }
  const rules = (family: IpFamily, range: string) => [
    ...virtualInterfaceCapture(config, { family, range }),
    output(config, 'istio-service-cidr', toRange(family, range, verdict)),
  ];
  return [...v4.flatMap(range => rules(4, range)), ...v6.flatMap(range => rules(6, range))];
}

function toRange(family: IpFamily, range: string, verdict: Verdict) {
  return {
    scope: family,
    condition: { iptables: `-d ${range}`, nft: `${nftFamily(family)} daddr ${range}` },
    verdict,
  };
}
