import type { InterceptionConfig } from '../options/config';
import { type Condition, type NeutralRule, toReturn } from './rule';

/** Groups that are left out, or one rule that leaves out everybody who is in none of the included groups. */
export function ownerGroupRules(config: InterceptionConfig): readonly NeutralRule[] {
  const { except, values } = config.ownerGroups;
  const conditions: readonly Condition[] = except
    ? values.map(group => ({ iptables: `-m owner --gid-owner ${group}`, nft: `skgid ${group}` }))
    : [
        {
          iptables: values.map(group => `-m owner ! --gid-owner ${group}`).join(' '),
          nft: values.map(group => `skgid != ${group}`).join(' '),
        },
      ];
  return conditions.map(condition => ({
    table: 'nat',
    chain: 'ISTIO_OUTPUT',
    scope: 'both',
    condition,
    verdict: toReturn,
    origin: config.origin(
      except ? 'ISTIO_OUTBOUND_OWNER_GROUPS_EXCLUDE' : 'ISTIO_OUTBOUND_OWNER_GROUPS',
    ),
  }));
}
