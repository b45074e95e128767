import type { InterceptionConfig } from '../options/config';
import { inboundSource, loopbackRange } from './addresses';
import { families, type NeutralRule, nftFamily, toReturn } from './rule';

/** The mark on what Envoy's outbound side sends to an address of its own pod. */
export const outboundMark = '1338';

/** Marks that keep Envoy's connections apart in TPROXY mode (run.go:Run, last part). */
export function tproxyRules(config: InterceptionConfig): readonly NeutralRule[] {
  if (!config.tproxy) return [];
  return [...connectionMarks(config), ...inboundExceptions(config)];
}

function base(config: InterceptionConfig) {
  const origin = config.origin('istio-inbound-interception-mode');
  return { table: 'mangle', scope: 'both', origin } as const;
}

/** Envoy's original_src mark is kept in the connection, so that the application's answers go back to Envoy. */
function connectionMarks(config: InterceptionConfig): readonly NeutralRule[] {
  const mark = config.tproxyMark;
  return [
    {
      ...base(config),
      chain: 'PREROUTING',
      condition: {
        iptables: `-p tcp -m mark --mark ${mark}`,
        nft: `meta l4proto tcp mark ${mark}`,
      },
      verdict: { kind: 'save-mark' },
    },
    {
      ...base(config),
      chain: 'OUTPUT',
      condition: {
        iptables: `-p tcp -o lo -m mark --mark ${mark}`,
        nft: `oifname lo meta l4proto tcp mark ${mark}`,
      },
      verdict: toReturn,
    },
    ...config.proxyUids.flatMap(id => marksOfOwner(config, 'uid', id)),
    ...config.proxyGids.flatMap(id => marksOfOwner(config, 'gid', id)),
    {
      ...base(config),
      chain: 'OUTPUT',
      condition: {
        iptables: `-p tcp -m connmark --mark ${mark}`,
        nft: `meta l4proto tcp ct mark ${mark}`,
      },
      verdict: { kind: 'restore-mark' },
    },
  ];
}

function marksOfOwner(
  config: InterceptionConfig,
  kind: 'uid' | 'gid',
  id: string,
): readonly NeutralRule[] {
  return families.map(family => {
    const loopback = loopbackRange(config, family);
    return {
      ...base(config),
      chain: 'OUTPUT',
      scope: family,
      condition: {
        iptables: `! -d ${loopback} -p tcp -o lo -m owner --${kind}-owner ${id}`,
        nft: `oifname lo meta l4proto tcp ${nftFamily(family)} daddr != ${loopback} sk${kind} ${id}`,
      },
      verdict: { kind: 'mark', mark: outboundMark },
    };
  });
}

/** Before everything else in the inbound chain: no loop, no capture of Envoy to application nor of application to itself. */
function inboundExceptions(config: InterceptionConfig): readonly NeutralRule[] {
  const mark = config.tproxyMark;
  const shared = { ...base(config), chain: 'ISTIO_INBOUND', verdict: toReturn } as const;
  return [
    {
      ...shared,
      position: 1,
      condition: {
        iptables: `-p tcp -m mark --mark ${mark}`,
        nft: `meta l4proto tcp mark ${mark}`,
      },
    },
    ...families.map(
      (family): NeutralRule => ({
        ...shared,
        position: 2,
        scope: family,
        condition: {
          iptables: `-p tcp -s ${inboundSource[family]} -i lo`,
          nft: `iifname lo meta l4proto tcp ${nftFamily(family)} saddr ${inboundSource[family]}`,
        },
      }),
    ),
    {
      ...shared,
      position: 3,
      condition: {
        iptables: `-p tcp -i lo -m mark ! --mark ${outboundMark}`,
        nft: `iifname lo meta l4proto tcp mark != ${outboundMark}`,
      },
    },
  ];
}
