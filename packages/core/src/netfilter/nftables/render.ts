import { formatCidr } from '../../net';
import type { Chain, Match, PortRange, Rule, Table, Target } from '../model';

const operator = (negated: boolean) => (negated ? '!= ' : '');
const range = ({ from, to }: PortRange) => (from === to ? `${from}` : `${from}-${to}`);
const set = (ranges: readonly PortRange[]) =>
  ranges.length === 1 ? ranges.map(range).join('') : `{ ${ranges.map(range).join(', ')} }`;

/** What the rule says before a condition decides which words a condition takes. */
function renderMatch(match: Match, protocol: string): string {
  switch (match.kind) {
    case 'protocol':
      return `meta l4proto ${match.protocol}`;
    case 'family':
      return '';
    case 'source':
    case 'destination': {
      const family = match.cidr.family === 4 ? 'ip' : 'ip6';
      const side = match.kind === 'source' ? 'saddr' : 'daddr';
      return `${family} ${side} ${operator(match.negated)}${formatCidr(match.cidr)}`;
    }
    case 'in-interface':
    case 'out-interface': {
      const key = match.kind === 'in-interface' ? 'iifname' : 'oifname';
      return `${key} ${operator(match.negated)}${match.name.replace(/\+$/, '*')}`;
    }
    case 'source-port':
      return `${protocol} sport ${operator(match.negated)}${set(match.ranges)}`;
    case 'destination-port':
      return `${protocol} dport ${operator(match.negated)}${set(match.ranges)}`;
    case 'owner-uid':
      return `skuid ${operator(match.negated)}${set(match.ranges)}`;
    case 'owner-gid':
      return `skgid ${operator(match.negated)}${set(match.ranges)}`;
    case 'mark':
      return `mark ${operator(match.negated)}${match.value}`;
    case 'connmark':
      return `ct mark ${operator(match.negated)}${match.value}`;
    case 'ctstate':
      return `ct state ${match.states.join(',').toLowerCase()}`;
    case 'socket':
      return 'socket transparent 1';
  }
}

function renderTarget(target: Target, family: string): string {
  switch (target.kind) {
    case 'ACCEPT':
    case 'DROP':
    case 'RETURN':
      return target.kind.toLowerCase();
    case 'jump':
      return `jump ${target.chain}`;
    case 'REDIRECT':
      return `redirect to :${target.port}${target.lastPort === undefined ? '' : `-${target.lastPort}`}`;
    case 'TPROXY':
      return `tproxy ${family} to :${target.port} meta mark set ${target.mark} accept`;
    case 'MARK':
      return `meta mark set ${target.value}`;
    case 'CONNMARK':
      return target.action === 'save' ? 'ct mark set mark' : 'meta mark set ct mark';
    case 'CT':
      return `ct zone set ${target.zone}`;
    case 'LOG':
    case 'TRACE':
    case 'none':
      return '';
  }
}

/** A rule without `add rule inet TABLE CHAIN`. */
export function renderNftRule(rule: Pick<Rule, 'matches' | 'target'>): string {
  const named = rule.matches.find(match => match.kind === 'protocol');
  const protocol = named?.kind === 'protocol' ? named.protocol : 'tcp';
  const family = rule.matches.some(match => match.kind === 'family' && match.family === 6)
    ? 'ip6'
    : 'ip';
  return [
    ...rule.matches.map(match => renderMatch(match, protocol)),
    'counter',
    renderTarget(rule.target, family),
  ]
    .filter(text => text !== '')
    .join(' ');
}

function renderChain(table: Table, { name, base }: Chain): string {
  const head = `add chain inet ${table.name} ${name}`;
  if (base === undefined) return head;
  const type =
    table.kind === 'nat'
      ? 'nat'
      : base.hook === 'OUTPUT' && table.kind === 'mangle'
        ? 'route'
        : 'filter';
  return `${head} { type ${type} hook ${base.hook.toLowerCase()} priority ${base.priority} ; policy ${base.policy.toLowerCase()} ; }`;
}

/** Tables as a script for `nft -f -`; `loadNft` reads it back as it was. */
export function renderNft(tables: readonly Table[]): string {
  return tables
    .map(table =>
      [
        `add table inet ${table.name}`,
        ...table.chains.map(chain => renderChain(table, chain)),
        ...table.chains.flatMap(chain =>
          chain.rules.map(
            rule => `add rule inet ${table.name} ${chain.name} ${renderNftRule(rule)}`,
          ),
        ),
        '',
      ].join('\n'),
    )
    .join('');
}
