import type { InterceptionConfig } from '../options/config';
import { jump, type NeutralRule, nftFamily, toReturn, type Verdict } from './rule';

function insertion(
  config: InterceptionConfig,
  name: string,
  verdict: Verdict,
  destination?: { readonly family: 4 | 6; readonly range: string },
): NeutralRule {
  const iptables = destination === undefined ? '' : ` -d ${destination.range}`;
  const nft =
    destination === undefined ? '' : ` ${nftFamily(destination.family)} daddr ${destination.range}`;
  return {
    table: 'nat',
    chain: 'PREROUTING',
    scope: destination?.family ?? 'both',
    condition: { iptables: `-i ${name}${iptables}`, nft: `iifname ${name}${nft}` },
    verdict,
    position: 1,
    origin: config.origin('kube-virt-interfaces'),
  };
}

/** What a virtual machine sends in by its interface is not inbound traffic (run.go:shortCircuitKubeInternalInterface). */
export function virtualInterfaceBypass(config: InterceptionConfig): readonly NeutralRule[] {
  return config.virtualInterfaces.map(name => insertion(config, name, toReturn));
}

/** ... but outbound: it goes to Envoy's outbound port, all of it or what is for an included range. Later ones come first. */
export function virtualInterfaceCapture(
  config: InterceptionConfig,
  destination?: { readonly family: 4 | 6; readonly range: string },
): readonly NeutralRule[] {
  return config.virtualInterfaces.map(name =>
    insertion(config, name, jump('ISTIO_REDIRECT'), destination),
  );
}
