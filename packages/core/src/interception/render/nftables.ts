import type { ChainId, NeutralRule, TableId, Verdict } from '../rules/rule';
import type { ScriptLine } from '../script';

interface TableLayout {
  readonly table: TableId;
  readonly name: string;
  readonly priority: number;
  /** Type of the base chain on the output hook; mangle has to route again after a mark. */
  readonly outputType: 'nat' | 'filter' | 'route';
  readonly chains: readonly ChainId[];
}

const layouts: readonly TableLayout[] = [
  {
    table: 'nat',
    name: 'istio-proxy-nat',
    priority: -100,
    outputType: 'nat',
    chains: [
      'PREROUTING',
      'OUTPUT',
      'ISTIO_INBOUND',
      'ISTIO_REDIRECT',
      'ISTIO_IN_REDIRECT',
      'ISTIO_OUTPUT',
      'ISTIO_OUTPUT_DNS',
    ],
  },
  {
    table: 'mangle',
    name: 'istio-proxy-mangle',
    priority: -150,
    outputType: 'route',
    chains: ['PREROUTING', 'OUTPUT', 'ISTIO_DIVERT', 'ISTIO_TPROXY', 'ISTIO_INBOUND', 'ISTIO_DROP'],
  },
  {
    table: 'raw',
    name: 'istio-proxy-raw',
    priority: -300,
    outputType: 'filter',
    chains: ['PREROUTING', 'OUTPUT', 'ISTIO_INBOUND', 'ISTIO_OUTPUT_DNS'],
  },
];

/**
 * The one nft script for both families: tables nat, mangle, raw; in each the chains that have rules, then the rules
 * (tools/istio-nftables/pkg/capture/run.go:addIstioTableRules).
 */
export function renderNftables(
  rules: readonly NeutralRule[],
  ipv6: boolean,
): readonly ScriptLine[] {
  const own = rules.filter(rule => ipv6 || rule.scope !== 6);
  return layouts.flatMap(layout => {
    const inTable = own.filter(rule => rule.table === layout.table);
    if (inTable.length === 0) return [];
    const used = new Set(inTable.map(rule => rule.chain));
    return [
      { text: `add table inet ${layout.name}` },
      { text: `flush table inet ${layout.name}` },
      ...layout.chains
        .filter(chain => used.has(chain))
        .map(chain => ({ text: chainText(layout, chain) })),
      ...ruleLines(layout, inTable),
    ];
  });
}

function chainText(layout: TableLayout, chain: ChainId): string {
  const text = `add chain inet ${layout.name} ${nftChain(chain)}`;
  const base = (type: string, hook: string) =>
    `${text} { type ${type} hook ${hook} priority ${layout.priority} ; }`;
  if (chain === 'PREROUTING') return base(layout.table === 'nat' ? 'nat' : 'filter', 'prerouting');
  return chain === 'OUTPUT' ? base(layout.outputType, 'output') : text;
}

/** nft cannot insert behind the end of a chain: such a rule is appended. */
function ruleLines(layout: TableLayout, rules: readonly NeutralRule[]): readonly ScriptLine[] {
  const counts = new Map<ChainId, number>();
  return rules.map(rule => {
    const count = counts.get(rule.chain) ?? 0;
    counts.set(rule.chain, count + 1);
    const index = (rule.position ?? Number.POSITIVE_INFINITY) - 1;
    const chain = `inet ${layout.name} ${nftChain(rule.chain)}`;
    const place = index < count ? `insert rule ${chain} index ${index}` : `add rule ${chain}`;
    const { nft } = rule.condition;
    const text = `${place} ${nft === '' ? '' : `${nft} `}${statement(rule.verdict)}`;
    return { text, origin: rule.origin };
  });
}

/** `ISTIO_IN_REDIRECT` is `istio-in-redirect` in nft. */
function nftChain(chain: ChainId): string {
  return chain.toLowerCase().replaceAll('_', '-');
}

function statement(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'return':
    case 'accept':
    case 'drop':
      return `counter ${verdict.kind}`;
    case 'jump':
      return `counter jump ${nftChain(verdict.chain)}`;
    case 'redirect':
      return `counter redirect to :${verdict.port}`;
    case 'redirect-dns':
      return 'counter redirect to :15053';
    case 'tproxy':
      return `tproxy ${verdict.family === 4 ? 'ip' : 'ip6'} to :${verdict.port} meta mark set ${verdict.mark} counter accept`;
    case 'mark':
      return `counter meta mark set ${verdict.mark}`;
    case 'save-mark':
      return 'counter ct mark set mark';
    case 'restore-mark':
      return 'counter meta mark set ct mark';
    case 'zone':
      return `counter ct zone set ${verdict.zone}`;
  }
}
