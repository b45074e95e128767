import { type Cidr, type IpFamily, parseCidr } from '../../net';
import type { PortRange } from '../model';
import { parseCNumber, toolOwner, toolPort } from '../tool-number';
import { evaluationError, NftName, required, syntaxError, type Tokens } from './tokens';

/** Interface names are kept with a final NUL in 16 bytes. */
const nameBytes = 16;

const isWord = (text: string) => /^[A-Za-z0-9_./:-]+$/.test(text) && !text.startsWith('-');

function word(tokens: Tokens): string {
  const text = required(tokens);
  if (!isWord(text)) throw syntaxError(text.charAt(0));
  if (text === 'counter') throw syntaxError('counter');
  return text;
}

/** Decimal always, leading zeros included (`datatype.c:inet_service_type_parse`), else a service name. */
function port(text: string): number {
  if (/^\d+$/.test(text)) {
    if (Number(text) > 65535) throw evaluationError('Service out of range');
    return Number(text);
  }
  if (toolPort(text).kind === 'name') throw new NftName(text);
  throw evaluationError('Could not resolve service: Servname not supported for ai_socktype');
}

/** `80` or `8000-8010`; nft takes a dash only. */
function portRange(text: string): PortRange {
  const bounds = /^(\w+)-(\w+)$/.exec(text);
  if (bounds === null || toolPort(text).kind === 'name') {
    const value = port(text);
    return { from: value, to: value };
  }
  const [, low = '', high = ''] = bounds;
  const range = { from: port(low), to: port(high) };
  if (range.from > range.to) throw evaluationError('Range negative size');
  return range;
}

/** One port, a range, or `{ a, b }`. */
export function ports(tokens: Tokens): readonly PortRange[] {
  if (tokens.peek() !== '{') return [portRange(word(tokens))];
  tokens.next();
  const ranges: PortRange[] = [];
  for (let text = required(tokens); text !== '}'; text = required(tokens)) {
    ranges.push(portRange(text.replace(/,$/, '')));
  }
  return ranges;
}

export function owner(tokens: Tokens): PortRange {
  const text = word(tokens);
  const result = toolOwner(text);
  if (result.kind === 'number') return { from: result.value, to: result.value };
  if (result.kind === 'name') throw new NftName(text);
  throw evaluationError(`Could not parse user or group ${text}`);
}

export function mark(tokens: Tokens): number {
  const text = word(tokens);
  const [value = '', prefix] = text.split('/');
  if (prefix !== undefined) {
    throw evaluationError(
      `Prefix length ${parseCNumber(prefix) ?? prefix} is invalid for type of 32 bits width`,
    );
  }
  const number = parseCNumber(value);
  if (number === undefined || number > 0xffffffff)
    throw evaluationError('Could not parse packet mark');
  return number;
}

export function network(tokens: Tokens, family: IpFamily): Cidr {
  const text = required(tokens);
  const cidr = parseCidr(text);
  if (cidr === undefined || cidr.family !== family) {
    throw evaluationError(`Could not resolve hostname: ${text}`);
  }
  return cidr;
}

/** A name of at most 15 characters; a final `*` stands for any rest. */
export function interfaceName(tokens: Tokens): string {
  const text = required(tokens);
  const odd = /[^A-Za-z0-9_./-]/.exec(text.endsWith('*') ? text.slice(0, -1) : text);
  if (odd !== null || !/^[A-Za-z0-9]/.test(text)) {
    throw syntaxError(odd?.[0] ?? text.charAt(0));
  }
  if (text.length + 1 > nameBytes)
    throw evaluationError(`String exceeds maximum length of ${nameBytes}`);
  return text.endsWith('*') ? `${text.slice(0, -1)}+` : text;
}

/** `:15001` after `to`. */
export function redirectPort(tokens: Tokens): number {
  const text = required(tokens);
  if (!text.startsWith(':')) throw syntaxError(text.charAt(0));
  return port(text.slice(1));
}
