import { formatCidr } from '../../net';
import type { Chain, Match, PortRange, Rule, Table, Target } from '../model';

const hex = (value: number) => `0x${value.toString(16)}`;
const not = (negated: boolean) => (negated ? '! ' : '');
const range = ({ from, to }: PortRange) => (from === to ? `${from}` : `${from}:${to}`);
const owner = ({ from, to }: PortRange) => (from === to ? `${from}` : `${from}-${to}`);
const masked = (value: number, mask: number) =>
  mask === 0xffffffff ? hex(value) : `${hex(value)}/${hex(mask)}`;

/** One condition as iptables-save prints it. */
export function renderMatch(match: Match): string {
  switch (match.kind) {
    case 'protocol':
      return `${not(match.negated)}-p ${match.protocol}`;
    case 'source':
      return `${not(match.negated)}-s ${formatCidr(match.cidr)}`;
    case 'destination':
      return `${not(match.negated)}-d ${formatCidr(match.cidr)}`;
    case 'in-interface':
      return `${not(match.negated)}-i ${match.name}`;
    case 'out-interface':
      return `${not(match.negated)}-o ${match.name}`;
    case 'source-port':
      return ports('sport', match.ranges, match.multiport, match.negated);
    case 'destination-port':
      return ports('dport', match.ranges, match.multiport, match.negated);
    case 'owner-uid':
      return `-m owner ${not(match.negated)}--uid-owner ${match.ranges.map(owner).join(',')}`;
    case 'owner-gid':
      return `-m owner ${not(match.negated)}--gid-owner ${match.ranges.map(owner).join(',')}`;
    case 'mark':
    case 'connmark':
      return `-m ${match.kind} ${not(match.negated)}--mark ${masked(match.value, match.mask)}`;
    case 'ctstate':
      return `-m conntrack ${not(match.negated)}--ctstate ${match.states.join(',')}`;
    case 'family':
      return '';
    case 'socket':
      return `-m socket${match.transparent ? ' --transparent' : ''}`;
  }
}

function ports(
  side: string,
  ranges: readonly PortRange[],
  multiport: boolean,
  negated: boolean,
): string {
  const list = ranges.map(range).join(',');
  return multiport
    ? `-m multiport ${not(negated)}--${side}s ${list}`
    : `${not(negated)}--${side} ${list}`;
}

export function renderTarget(target: Target): string {
  switch (target.kind) {
    case 'ACCEPT':
    case 'DROP':
    case 'RETURN':
    case 'LOG':
    case 'TRACE':
      return `-j ${target.kind}`;
    case 'jump':
      return `-j ${target.chain}`;
    case 'REDIRECT':
      return `-j REDIRECT --to-ports ${target.port}${target.lastPort === undefined ? '' : `-${target.lastPort}`}`;
    case 'TPROXY':
      return `-j TPROXY --on-port ${target.port} --tproxy-mark ${hex(target.mark)}/${hex(target.mask)}`;
    case 'MARK':
      return `-j MARK --set-xmark ${hex(target.value)}/${hex(target.mask)}`;
    case 'CONNMARK':
      return `-j CONNMARK --${target.action}-mark`;
    case 'CT':
      return `-j CT --zone ${target.zone}`;
    case 'none':
      return '';
  }
}

/** A rule without `-A CHAIN`. */
export function renderRule(rule: Pick<Rule, 'matches' | 'target'>): string {
  return [...rule.matches.map(renderMatch), renderTarget(rule.target)]
    .filter(text => text !== '')
    .join(' ');
}

const declaration = ({ name, base }: Chain) => `:${name} ${base?.policy ?? '-'} [0:0]`;

/** Tables in iptables-save form: declarations, then rules in order; `loadIptables` reads it back as it was. */
export function renderIptables(tables: readonly Table[]): string {
  return tables
    .map(table =>
      [
        `*${table.kind}`,
        ...table.chains.map(declaration),
        ...table.chains.flatMap(chain =>
          chain.rules.map(rule => `-A ${chain.name} ${renderRule(rule)}`),
        ),
        'COMMIT',
        '',
      ].join('\n'),
    )
    .join('');
}
