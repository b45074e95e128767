import type { InterceptionConfig } from '../options/config';
import { everyPacket, jump, type NeutralRule } from './rule';

/** Packets that conntrack cannot place are dropped instead of answered with a reset. nft does it for TCP only. */
export function dropInvalidRules(config: InterceptionConfig): readonly NeutralRule[] {
  if (!config.dropInvalid) return [];
  const shared = { table: 'mangle', scope: 'both', origin: config.origin('drop-invalid') } as const;
  return [
    {
      ...shared,
      chain: 'PREROUTING',
      condition: {
        iptables: '-m conntrack --ctstate INVALID',
        nft: 'meta l4proto tcp ct state invalid',
      },
      verdict: jump('ISTIO_DROP'),
    },
    { ...shared, chain: 'ISTIO_DROP', condition: everyPacket, verdict: { kind: 'drop' } },
  ];
}
