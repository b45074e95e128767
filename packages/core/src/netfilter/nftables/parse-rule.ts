import type { IpFamily } from '../../net';
import type { Match, Target } from '../model';
import {
  evaluationError,
  expects,
  kernelError,
  required,
  syntaxError,
  type Tokens,
  takes,
} from './tokens';
import {
  groups,
  interfaceName,
  mark,
  network,
  portAfterColon,
  ports,
  portsAfterColon,
  users,
} from './values';

/** Most expressions of a rule (`NFT_RULE_MAXEXPRS`). */
const maxExpressions = 128;

interface RuleParts {
  readonly matches: Match[];
  target: Target | undefined;
  expressions: number;
  /** Dependencies that nft adds once: the family of an address, the protocol of a port. */
  readonly implied: Set<string>;
  /** A verdict was given: no statement may follow. */
  ended: boolean;
}

/** Takes `!=` if it is next. */
function negation(tokens: Tokens): boolean {
  const word = tokens.peek();
  if (word?.kind !== 'sign' || word.text !== '!=') return false;
  tokens.next();
  return true;
}

function imply(parts: RuleParts, name: string, match: Match): void {
  if (parts.implied.has(name)) return;
  parts.implied.add(name);
  parts.expressions += 2;
  parts.matches.push(match);
}

function protocolMatch(parts: RuleParts, protocol: string): void {
  if (protocol !== 'tcp' && protocol !== 'udp') {
    throw evaluationError(`Could not resolve protocol name: ${protocol}`);
  }
  imply(parts, `l4proto ${protocol}`, { kind: 'protocol', protocol, negated: false });
}

function portMatch(parts: RuleParts, tokens: Tokens, protocol: string): void {
  const side = required(tokens).text;
  if (side !== 'dport' && side !== 'sport') throw syntaxError(side);
  const other = protocol === 'tcp' ? 'udp' : 'tcp';
  const conflict = parts.implied.has(`l4proto ${other}`);
  protocolMatch(parts, protocol);
  const negated = negation(tokens);
  const kind = side === 'dport' ? 'destination-port' : 'source-port';
  const ranges = ports(tokens);
  if (conflict) {
    throw evaluationError(`conflicting protocols specified: ${other} vs. ${protocol}`);
  }
  parts.expressions += 2;
  parts.matches.push({ kind, ranges, multiport: ranges.length > 1, negated });
}

function addressMatch(parts: RuleParts, tokens: Tokens, family: IpFamily): void {
  const side = required(tokens).text;
  if (side !== 'saddr' && side !== 'daddr') throw syntaxError(side);
  imply(parts, 'nfproto', { kind: 'family', family });
  const negated = negation(tokens);
  const cidr = network(tokens, family);
  const whole = cidr.length === (family === 4 ? 32 : 128);
  parts.expressions += whole ? 2 : 3;
  parts.matches.push({ kind: side === 'saddr' ? 'source' : 'destination', cidr, negated });
}

function ownerMatch(parts: RuleParts, tokens: Tokens, kind: 'owner-uid' | 'owner-gid'): void {
  const negated = negation(tokens);
  parts.expressions += 2;
  parts.matches.push({
    kind,
    ranges: kind === 'owner-uid' ? users(tokens) : groups(tokens),
    negated,
  });
}

function deviceMatch(
  parts: RuleParts,
  tokens: Tokens,
  kind: 'in-interface' | 'out-interface',
): void {
  const negated = negation(tokens);
  parts.expressions += 2;
  parts.matches.push({ kind, name: interfaceName(tokens), negated });
}

function markMatch(parts: RuleParts, tokens: Tokens, kind: 'mark' | 'connmark'): void {
  const negated = negation(tokens);
  parts.expressions += 2;
  parts.matches.push({ kind, ...mark(tokens, false), negated });
}

/** `meta ...`: a condition, or `meta mark set`. */
function meta(parts: RuleParts, tokens: Tokens): void {
  const key = required(tokens).text;
  if (key === 'l4proto') protocolMatch(parts, required(tokens).text);
  else if (key === 'skuid') ownerMatch(parts, tokens, 'owner-uid');
  else if (key === 'skgid') ownerMatch(parts, tokens, 'owner-gid');
  else if (key !== 'mark') throw syntaxError(key);
  else if (tokens.peek()?.text === 'set') setMark(parts, tokens);
  else markMatch(parts, tokens, 'mark');
}

function setMark(parts: RuleParts, tokens: Tokens): void {
  tokens.next();
  parts.expressions += 2;
  if (takes(tokens, 'ct')) {
    expects(tokens, 'mark');
    parts.target = { kind: 'CONNMARK', action: 'restore' };
    return;
  }
  const { value } = mark(tokens, true);
  if (parts.target?.kind === 'TPROXY')
    parts.target = { ...parts.target, mark: value, mask: 0xffffffff };
  else parts.target = { kind: 'MARK', value, mask: 0xffffffff };
}

/** `ct ...`: state, mark, or their settings. */
function ct(parts: RuleParts, tokens: Tokens): void {
  const key = required(tokens).text;
  if (key === 'state') stateMatch(parts, tokens);
  else if (key === 'zone') setZone(parts, tokens);
  else if (key !== 'mark') throw syntaxError(key);
  else if (takes(tokens, 'set')) {
    expects(tokens, 'mark');
    parts.expressions += 2;
    parts.target = { kind: 'CONNMARK', action: 'save' };
  } else markMatch(parts, tokens, 'connmark');
}

function stateMatch(parts: RuleParts, tokens: Tokens): void {
  const states: string[] = [];
  do {
    states.push(required(tokens).text.toUpperCase());
  } while (takes(tokens, ','));
  parts.expressions += 3;
  parts.matches.push({ kind: 'ctstate', states, negated: false });
}

function setZone(parts: RuleParts, tokens: Tokens): void {
  expects(tokens, 'set');
  const zone = required(tokens);
  if (zone.kind !== 'number') throw syntaxError(zone.text);
  parts.expressions += 2;
  parts.target = { kind: 'CT', zone: Number(zone.text) };
}

/** `tproxy ip to :15006`; the mark follows as a statement of its own. */
function tproxy(parts: RuleParts, tokens: Tokens): void {
  const family = required(tokens).text;
  if (family !== 'ip' && family !== 'ip6') throw syntaxError(family);
  expects(tokens, 'to');
  parts.expressions += 2;
  parts.target = { kind: 'TPROXY', port: portAfterColon(tokens), mark: 0, mask: 0 };
}

function redirect(parts: RuleParts, tokens: Tokens): void {
  expects(tokens, 'to');
  const { from, to } = portsAfterColon(tokens);
  takes(tokens, 'random');
  parts.expressions += 2;
  parts.ended = true;
  parts.target = { kind: 'REDIRECT', port: from, ...(to === from ? {} : { lastPort: to }) };
}

function verdict(parts: RuleParts, target: Target): void {
  parts.expressions += 1;
  parts.ended = true;
  if (parts.target?.kind !== 'TPROXY') parts.target = target;
}

type Statement = (parts: RuleParts, tokens: Tokens) => void;

const statements: ReadonlyMap<string, Statement> = new Map<string, Statement>([
  ['meta', meta],
  ['ct', ct],
  ['tcp', (parts, tokens) => portMatch(parts, tokens, 'tcp')],
  ['udp', (parts, tokens) => portMatch(parts, tokens, 'udp')],
  ['ip', (parts, tokens) => addressMatch(parts, tokens, 4)],
  ['ip6', (parts, tokens) => addressMatch(parts, tokens, 6)],
  ['iifname', (parts, tokens) => deviceMatch(parts, tokens, 'in-interface')],
  ['oifname', (parts, tokens) => deviceMatch(parts, tokens, 'out-interface')],
  ['skuid', (parts, tokens) => ownerMatch(parts, tokens, 'owner-uid')],
  ['skgid', (parts, tokens) => ownerMatch(parts, tokens, 'owner-gid')],
  ['mark', (parts, tokens) => markMatch(parts, tokens, 'mark')],
  ['tproxy', tproxy],
  ['redirect', redirect],
  [
    'counter',
    parts => {
      parts.expressions += 1;
    },
  ],
  ['return', parts => verdict(parts, { kind: 'RETURN' })],
  ['accept', parts => verdict(parts, { kind: 'ACCEPT' })],
  ['drop', parts => verdict(parts, { kind: 'DROP' })],
  ['jump', (parts, tokens) => verdict(parts, { kind: 'jump', chain: required(tokens).text })],
]);

/** Reads the statements of a rule (`nft(8)`, EXPRESSIONS and STATEMENTS), as far as interception uses them. */
export function parseNftRule(tokens: Tokens): {
  readonly matches: readonly Match[];
  readonly target: Target;
} {
  const parts: RuleParts = {
    matches: [],
    target: undefined,
    expressions: 0,
    implied: new Set(),
    ended: false,
  };
  let afterEnd = false;
  for (let word = tokens.next(); word !== undefined; word = tokens.next()) {
    const statement = word.kind === 'junk' ? undefined : statements.get(word.text);
    if (statement === undefined) throw syntaxError(word.text);
    afterEnd ||= parts.ended;
    statement(parts, tokens);
  }
  if (afterEnd) throw evaluationError('Statement after terminal statement has no effect');
  if (parts.expressions > maxExpressions) throw kernelError('Invalid argument');
  return { matches: parts.matches, target: parts.target ?? { kind: 'none' } };
}
