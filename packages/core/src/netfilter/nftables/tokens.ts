import { keywords } from './keywords';

/** A word of a command: `number` is already decimal, `text` is what it says, quotes removed. */
export interface Token {
  readonly kind: 'number' | 'string' | 'pattern' | 'keyword' | 'sign' | 'junk';
  readonly text: string;
}

/** Walks the tokens of one command. */
export interface Tokens {
  readonly peek: () => Token | undefined;
  readonly next: () => Token | undefined;
  /** Names met on the way that the image's files decide. */
  readonly names: string[];
}

/** nft reads the whole text, then evaluates it, then hands it to the kernel: an earlier phase speaks first. */
export type Phase = 'syntax' | 'evaluation' | 'kernel';

/** Raised inside the parser for a text that nft does not take; never leaves this folder. */
export class NftRefusal extends Error {
  constructor(
    message: string,
    readonly phase: Phase,
  ) {
    super(message);
  }
}

/**
 * Raised for an expression that nft may take and that is not modelled: comparisons (`< 80`), arithmetic on bits (`80 | 1`),
 * parentheses, ranges of marks.
 */
export class UnmodelledExpression extends Error {}

export const syntaxError = (unexpected: string) =>
  new NftRefusal(`syntax error, unexpected ${unexpected}`, 'syntax');
export const evaluationError = (message: string) => new NftRefusal(message, 'evaluation');
export const kernelError = (message: string) =>
  new NftRefusal(`Could not process rule: ${message}`, 'kernel');
const ipv4 = /^\d{1,3}(\.\d{1,3}){3}/;
const ipv6 = /^(?=[0-9a-fA-F:]*::|([0-9a-fA-F]{1,4}:){7})[0-9a-fA-F:]+(\.\d{1,3}){0,3}/;
const hardware = /^[0-9a-fA-F]{1,2}(:[0-9a-fA-F]{1,2}){5}/;
const duration = /^(?=\d+[dhms])(\d+d)?(\d+h)?(\d+m(?!s))?(\d+s)?(\d+ms)?/;
const classId = /^[0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}(?=[ \t\n:\-},]|$)/;
const number = /^(0[xX][0-9a-fA-F]+|\d+)/;
const plainString = /^[A-Za-z_.][A-Za-z0-9/_.-]*/;
const pattern = /^([A-Za-z_.][A-Za-z0-9/_.-]*)?(\*|\\\*)/;
const patternWithRest = /^[A-Za-z_.][A-Za-z0-9/_.-]*\\\*[A-Za-z_.][A-Za-z0-9/_.-]*/;
const quoted = /^"([^"\n]*)"/;
const signs = '{}()[]!=<>:;,.-+*/&|^~$@#';

/** Decimal text of a number; digits that C cannot read as octal stay a string (`scanner.l`, decimalstring). */
function numberToken(text: string): Token {
  if (/^0[xX]/.test(text)) return { kind: 'number', text: BigInt(text.toLowerCase()).toString() };
  if (!text.startsWith('0')) return { kind: 'number', text };
  return /^[0-7]+$/.test(text)
    ? { kind: 'number', text: BigInt(`0o${text}`).toString() }
    : { kind: 'string', text };
}

const wordToken = (text: string): Token =>
  text === '.' ? { kind: 'sign', text } : { kind: keywords.has(text) ? 'keyword' : 'string', text };

type Scan = readonly [RegExp, (text: string) => Token];

/** In the order that decides when two are equally long. */
const scans: readonly Scan[] = [
  [ipv4, text => ({ kind: 'string', text })],
  [ipv6, text => ({ kind: 'string', text })],
  [hardware, text => ({ kind: 'string', text })],
  [duration, text => ({ kind: 'string', text })],
  [number, numberToken],
  [classId, text => ({ kind: 'string', text })],
  [quoted, text => ({ kind: 'string', text: text.slice(1, -1) })],
  [plainString, wordToken],
  [pattern, text => (text === '*' ? { kind: 'sign', text } : { kind: 'pattern', text })],
  [patternWithRest, text => ({ kind: 'pattern', text })],
];

/** The longest token at the start of `text`, as flex takes it, and its length. */
function scan(text: string): readonly [Token, number] {
  let best: readonly [Token, number] | undefined;
  for (const [expression, make] of scans) {
    const found = expression.exec(text)?.[0] ?? '';
    if (found.length > (best?.[1] ?? 0)) best = [make(found), found.length];
  }
  if (best !== undefined) return best;
  const sign = /^([!=<>]=|<<|>>)/.exec(text)?.[0] ?? text.charAt(0);
  return [{ kind: signs.includes(sign.charAt(0)) ? 'sign' : 'junk', text: sign }, sign.length];
}

/** Tokens of a command; `#` starts a comment that goes to the end of the line. */
export function tokensOf(line: string): Tokens {
  const tokens: Token[] = [];
  let rest = line.trim();
  while (rest !== '' && !rest.startsWith('#')) {
    const [token, length] = scan(rest);
    tokens.push(token);
    rest = rest.slice(length).trimStart();
  }
  let at = 0;
  return {
    names: [],
    peek: () => tokens[at],
    next: () => {
      const token = tokens[at];
      at += 1;
      return token;
    },
  };
}

const shown = (token: Token | undefined) =>
  token === undefined ? 'newline' : token.kind === 'junk' ? 'junk' : token.text;

/** The next token, or the error that nft gives at the end of a line. */
export function required(tokens: Tokens): Token {
  const token = tokens.next();
  if (token === undefined) throw syntaxError('newline');
  return token;
}

/** The next token if it is this one. */
export function takes(tokens: Tokens, text: string): boolean {
  const token = tokens.peek();
  if (token?.text !== text || (token.kind !== 'sign' && token.kind !== 'keyword')) {
    return false;
  }
  tokens.next();
  return true;
}

/** The next token has to be this word or sign. */
export function expects(tokens: Tokens, text: string): void {
  const token = tokens.next();
  if (token?.text !== text) throw syntaxError(shown(token));
}
