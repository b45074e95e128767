import type { InterceptionConfig } from '../options/config';
import { type NeutralRule, type TableId, toReturn } from './rule';

/** Nothing that comes in by or goes out of an excluded interface is captured (run.go:shortCircuitExcludeInterfaces). */
export function excludedInterfaceRules(config: InterceptionConfig): readonly NeutralRule[] {
  const tables: readonly TableId[] = config.tproxy ? ['nat', 'mangle'] : ['nat'];
  const origin = config.origin('istio-exclude-interfaces');
  return tables.flatMap(table =>
    config.excludedInterfaces.flatMap((name): NeutralRule[] => [
      {
        table,
        chain: 'PREROUTING',
        scope: 'both',
        condition: { iptables: `-i ${name}`, nft: `iifname ${name}` },
        verdict: toReturn,
        origin,
      },
      {
        table,
        chain: 'OUTPUT',
        scope: 'both',
        condition: { iptables: `-o ${name}`, nft: `oifname ${name}` },
        verdict: toReturn,
        origin,
      },
    ]),
  );
}
