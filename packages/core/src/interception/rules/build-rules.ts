import type { InterceptionConfig } from '../options/config';
import { dropInvalidRules } from './drop-invalid';
import { excludedInterfaceRules } from './excluded-interfaces';
import { inboundRules } from './inbound';
import { outboundRules } from './outbound';
import { redirectChains } from './redirect-chains';
import type { NeutralRule } from './rule';
import { tproxyRules } from './tproxy';
import { virtualInterfaceBypass } from './virtual-interfaces';

/** All rules in the order in which istio-iptables and istio-nftables issue them (capture/run.go:Run of both). */
export function buildRules(config: InterceptionConfig): readonly NeutralRule[] {
  return [
    ...excludedInterfaceRules(config),
    ...virtualInterfaceBypass(config),
    ...dropInvalidRules(config),
    ...redirectChains(config),
    ...inboundRules(config),
    ...outboundRules(config),
    ...tproxyRules(config),
  ];
}
