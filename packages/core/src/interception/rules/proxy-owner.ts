import type { InterceptionConfig } from '../options/config';
import { loopbackRange } from './addresses';
import { type Condition, families, jump, type NeutralRule, nftFamily, toReturn } from './rule';

type Owner = { readonly kind: 'uid' | 'gid'; readonly id: string };

/**
 * What the proxy itself sends: over lo to a local address it is handed to Envoy's inbound side, everything else passes;
 * what others send over lo passes too, unless a loopback range is included (run.go:Run, the loops over uids and gids).
 */
export function proxyOwnerRules(config: InterceptionConfig): readonly NeutralRule[] {
  const owners: readonly Owner[] = [
    ...config.proxyUids.map(id => ({ kind: 'uid', id }) as const),
    ...config.proxyGids.map(id => ({ kind: 'gid', id }) as const),
  ];
  return owners.flatMap(owner => [
    ...toItself(config, owner),
    ...(config.includeRanges.loopback ? [] : [othersOverLo(config, owner)]),
    {
      ...base(config, owner),
      condition: {
        iptables: `-m owner --${owner.kind}-owner ${owner.id}`,
        nft: `sk${owner.kind} ${owner.id}`,
      },
      verdict: toReturn,
    },
  ]);
}

function base(config: InterceptionConfig, owner: Owner) {
  return {
    table: 'nat',
    chain: 'ISTIO_OUTPUT',
    scope: 'both',
    origin: config.origin(owner.kind === 'uid' ? 'proxy-uid' : 'proxy-gid'),
  } as const;
}

/** With DNS redirection port 53 of the uid is spared, so that the agent reaches a local name server; the gid's is not. */
function toItself(config: InterceptionConfig, owner: Owner): readonly NeutralRule[] {
  const tunnel = config.inboundTunnelPort;
  const ports: Condition =
    config.dns !== undefined && owner.kind === 'uid'
      ? {
          iptables: `-m multiport ! --dports 53,${tunnel}`,
          nft: `tcp dport != { 53, ${tunnel} }`,
        }
      : { iptables: `! --dport ${tunnel}`, nft: `tcp dport != ${tunnel}` };
  return families.map(family => {
    const loopback = loopbackRange(config, family);
    return {
      ...base(config, owner),
      scope: family,
      condition: {
        iptables: `-o lo ! -d ${loopback} -p tcp ${ports.iptables} -m owner --${owner.kind}-owner ${owner.id}`,
        nft: `oifname lo meta l4proto tcp ${nftFamily(family)} daddr != ${loopback} ${ports.nft} sk${owner.kind} ${owner.id}`,
      },
      verdict: jump('ISTIO_IN_REDIRECT'),
    };
  });
}

/** With DNS redirection only TCP other than port 53: a name server on localhost is to be captured. */
function othersOverLo(config: InterceptionConfig, owner: Owner): NeutralRule {
  const spared: Condition =
    config.dns === undefined
      ? { iptables: '', nft: '' }
      : { iptables: '-p tcp ! --dport 53 ', nft: 'meta l4proto tcp tcp dport != 53 ' };
  return {
    ...base(config, owner),
    condition: {
      iptables: `-o lo ${spared.iptables}-m owner ! --${owner.kind}-owner ${owner.id}`,
      nft: `oifname lo ${spared.nft}sk${owner.kind} != ${owner.id}`,
    },
    verdict: toReturn,
  };
}
