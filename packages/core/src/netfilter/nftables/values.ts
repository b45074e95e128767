import { type Cidr, type IpFamily, parseCidr } from '../../net';
import type { PortRange } from '../model';
import { serviceNames } from '../service-names';
import { byteLength, isAccountName, parseCNumber } from '../tool-number';
import { foreignValues } from './keywords';
import {
  evaluationError,
  expects,
  required,
  syntaxError,
  type Token,
  type Tokens,
  takes,
  UnmodelledExpression,
} from './tokens';

/** Interface names are kept with a final NUL in 16 bytes. */
const nameBytes = 16;

const operatorsBefore = new Set(['<', '>', '<=', '>=', '==', '(']);
const operatorsBehind = new Set(['|', '&', '^', '<<', '>>']);

/** Is the token one of these signs. */
const isSign = (token: Token | undefined, signs: ReadonlySet<string>) =>
  token?.kind === 'sign' && signs.has(token.text);

/** A value: `symbol_expr` and `integer_expr` of nft's grammar. */
function symbol(tokens: Tokens): Token {
  const token = required(tokens);
  if (isSign(token, operatorsBefore) || isSign(tokens.peek(), operatorsBehind)) {
    throw new UnmodelledExpression(token.text);
  }
  if (token.kind === 'sign' && token.text === '!') {
    symbol(tokens);
    throw evaluationError('negation can only be used with singleton bitmask values');
  }
  if (token.kind === 'sign' && (token.text === '$' || token.text === '@')) {
    throw evaluationError(`unknown identifier \`${symbol(tokens).text}'`);
  }
  if (token.kind === 'keyword' || token.kind === 'sign' || token.kind === 'junk') {
    throw syntaxError(token.kind === 'junk' ? 'junk' : token.text);
  }
  return token;
}

/** Words of another type are read, and refused when the rule is evaluated. */
function typed(token: Token, type: string): Token {
  if (token.kind === 'string' && foreignValues.has(token.text)) {
    throw evaluationError(`datatype mismatch, expected ${type}`);
  }
  return token;
}

/** What a value stands for; a name that the image decides is noted and stands for 0. */
type ReadValue = (token: Token, names: string[]) => number;

function decidedByImage(name: string, names: string[]): number {
  names.push(name);
  return 0;
}

/** One value or `low-high`; a list without braces is only for bit masks. */
function range(tokens: Tokens, read: ReadValue, type: string): PortRange {
  const low = symbol(tokens);
  const high = takes(tokens, '-') ? symbol(tokens) : undefined;
  if (high === undefined && tokens.peek()?.text === ',') {
    throw evaluationError(`Basetype of type ${type} is not bitmask`);
  }
  const from = read(typed(low, type), tokens.names);
  if (high === undefined) return { from, to: from };
  const to = read(typed(high, type), tokens.names);
  if (from > to) throw evaluationError('Range has zero or negative size');
  return { from, to };
}

/** One value, a range, or `{ a, b }`. */
function ranges(tokens: Tokens, read: ReadValue, type: string): readonly PortRange[] {
  if (!takes(tokens, '{')) return [range(tokens, read, type)];
  const list: PortRange[] = [];
  do {
    list.push(element(tokens, read, type));
  } while (takes(tokens, ','));
  expects(tokens, '}');
  return list;
}

function element(tokens: Tokens, read: ReadValue, type: string): PortRange {
  const low = typed(symbol(tokens), type);
  const high = takes(tokens, '-') ? typed(symbol(tokens), type) : low;
  const found = { from: read(low, tokens.names), to: read(high, tokens.names) };
  if (found.from > found.to) throw evaluationError('Range has zero or negative size');
  return found;
}

/** Decimal always, else a service name (`datatype.c:inet_service_type_parse`). */
function port({ text }: Token, names: string[]): number {
  if (/^\d+$/.test(text)) {
    if (Number(text) > 65535) throw evaluationError('Service out of range');
    return Number(text);
  }
  if (serviceNames.has(text)) return decidedByImage(text, names);
  throw evaluationError('Could not resolve service: Servname not supported for ai_socktype');
}

/** A service name with a dash is one word, not a range. */
export const ports = (tokens: Tokens): readonly PortRange[] =>
  ranges(tokens, port, 'internet network service');

/** The name first, then a number: decimal for a user, C's notation for a group (`meta.c`, measured). */
const owner =
  (what: 'User' | 'Group'): ReadValue =>
  ({ text }, names) => {
    const value = what === 'User' && /^\d+$/.test(text) ? Number(text) : parseCNumber(text);
    if (value !== undefined) {
      if (value > 0xffffffff) throw evaluationError('Value too large');
      return value;
    }
    if (isAccountName(text)) return decidedByImage(text, names);
    throw evaluationError(`${what} does not exist`);
  };

export const users = (tokens: Tokens): readonly PortRange[] =>
  ranges(tokens, owner('User'), 'user ID');
export const groups = (tokens: Tokens): readonly PortRange[] =>
  ranges(tokens, owner('Group'), 'group ID');

const noMark = 'Could not parse packet mark';

function markNumber({ text }: Token): number {
  if (!/^(0|[1-9]\d*)$/.test(text)) throw evaluationError(noMark);
  if (Number(text) > 0xffffffff) {
    throw evaluationError(`Value ${text} exceeds valid range 0-4294967295`);
  }
  return Number(text);
}

export interface MaskedMark {
  readonly value: number;
  readonly mask: number;
}

/** A mark, of a condition also `value/prefix`; as a value to set a prefix crashes nft, so it does not load. */
export function mark(tokens: Tokens, setting: boolean): MaskedMark {
  const token = typed(symbol(tokens), 'packet mark');
  if (!takes(tokens, '/')) {
    if (takes(tokens, '-')) {
      throw setting
        ? evaluationError('BUG: unknown expression type range')
        : new UnmodelledExpression(`${token.text}-`);
    }
    return { value: markNumber(token), mask: 0xffffffff };
  }
  const length = required(tokens);
  if (length.kind !== 'number') throw syntaxError(length.text);
  const bits = Number(length.text);
  if (bits > 32) {
    throw evaluationError(`Prefix length ${bits} is invalid for type of 32 bits width`);
  }
  const mask = bits === 0 ? 0 : (0xffffffff << (32 - bits)) >>> 0;
  const value = (markNumber(token) & mask) >>> 0;
  if (setting) throw evaluationError('BUG: unknown expression type range');
  return { value, mask };
}

export function network(tokens: Tokens, family: IpFamily): Cidr {
  const address = symbol(tokens).text;
  const length = takes(tokens, '/') ? required(tokens) : undefined;
  if (length !== undefined && length.kind !== 'number') throw syntaxError(length.text);
  const cidr = parseCidr(length === undefined ? address : `${address}/${length.text}`);
  if (cidr !== undefined && cidr.family === family) return cidr;
  throw evaluationError(`Could not resolve hostname: ${address}`);
}

function name(tokens: Tokens): string {
  const { text } = typed(symbol(tokens), 'network interface name');
  if (takes(tokens, '-')) {
    symbol(tokens);
    throw evaluationError('Range expression is undefined for network interface name types');
  }
  if (tokens.peek()?.text === ',') {
    throw evaluationError('Basetype of type network interface name is not bitmask');
  }
  if (text === '') throw evaluationError('Empty string is not allowed');
  if (byteLength(text) + 1 > nameBytes) {
    throw evaluationError(`String exceeds maximum length of ${nameBytes}`);
  }
  return text.endsWith('*') && !text.endsWith('\\*') ? `${text.slice(0, -1)}+` : text;
}

/** A name of at most 15 bytes, also in braces; a final `*` stands for any rest. */
export function interfaceName(tokens: Tokens): string {
  if (!takes(tokens, '{')) return name(tokens);
  const only = name(tokens);
  expects(tokens, '}');
  return only;
}

/** `:15001` after `to`, also `:8000-8010`. */
export function portsAfterColon(tokens: Tokens): PortRange {
  expects(tokens, ':');
  return range(tokens, port, 'internet network service');
}

/** `:15006` after `tproxy ip to`; a range is no value here, not even of one port. */
export function portAfterColon(tokens: Tokens): number {
  expects(tokens, ':');
  const token = symbol(tokens);
  if (takes(tokens, '-')) {
    symbol(tokens);
    throw evaluationError('Port ranges are not supported for tproxy.');
  }
  return port(typed(token, 'internet network service'), tokens.names);
}
