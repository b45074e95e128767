import type { IpFamily } from '../../net';
import type { ChainId, NeutralRule, TableId, Verdict } from '../rules/rule';
import type { ScriptLine } from '../script';

const tablesByName: readonly TableId[] = ['mangle', 'nat', 'raw'];
const builtIn: ReadonlySet<ChainId> = new Set(['PREROUTING', 'OUTPUT']);

/**
 * The restore text of one family: per table its name, `-N` for the chains in order of first use, the rules, COMMIT
 * (tools/istio-iptables/pkg/builder/iptables_builder_impl.go:buildRestore).
 */
export function renderIptables(
  rules: readonly NeutralRule[],
  family: IpFamily,
): readonly ScriptLine[] {
  const own = rules.filter(rule => isForFamily(rule, family));
  return tablesByName.flatMap(table => {
    const inTable = own.filter(rule => rule.table === table);
    if (inTable.length === 0) return [];
    return [
      { text: `* ${table}` },
      ...chainsOf(inTable).map(chain => ({ text: `-N ${chain}` })),
      ...inTable.map(rule => ({ text: ruleText(rule), origin: rule.origin })),
      { text: 'COMMIT' },
    ];
  });
}

function isForFamily({ scope }: NeutralRule, family: IpFamily): boolean {
  if (typeof scope === 'object') return scope.iptables.includes(family);
  return scope === 'both' || scope === family;
}

/** Chains with rules first, then those that are only jumped to. */
function chainsOf(rules: readonly NeutralRule[]): readonly ChainId[] {
  const chains = new Set<ChainId>(rules.map(rule => rule.chain));
  for (const { verdict } of rules) if (verdict.kind === 'jump') chains.add(verdict.chain);
  return [...chains].filter(chain => !builtIn.has(chain));
}

function ruleText(rule: NeutralRule): string {
  const place =
    rule.position === undefined ? `-A ${rule.chain}` : `-I ${rule.chain} ${rule.position}`;
  const { iptables } = rule.condition;
  return `${place} ${iptables === '' ? '' : `${iptables} `}-j ${target(rule.verdict)}`;
}

function target(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'return':
    case 'accept':
    case 'drop':
      return verdict.kind.toUpperCase();
    case 'jump':
      return verdict.chain;
    case 'redirect':
      return `REDIRECT --to-ports ${verdict.port}`;
    case 'redirect-dns':
      return `REDIRECT --to-port${verdict.protocol === 'tcp' ? 's' : ''} 15053`;
    case 'tproxy':
      return `TPROXY --tproxy-mark ${verdict.mark}/0xffffffff --on-port ${verdict.port}`;
    case 'mark':
      return `MARK --set-mark ${verdict.mark}`;
    case 'save-mark':
    case 'restore-mark':
      return `CONNMARK --${verdict.kind}`;
    case 'zone':
      return `CT --zone ${verdict.zone}`;
  }
}
