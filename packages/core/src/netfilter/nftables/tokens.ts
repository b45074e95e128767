/** Walks the words of one statement. */
export interface Tokens {
  readonly peek: () => string | undefined;
  readonly next: () => string | undefined;
}

export function tokensOf(words: readonly string[]): Tokens {
  let at = 0;
  return {
    peek: () => words[at],
    next: () => {
      const word = words[at];
      at += 1;
      return word;
    },
  };
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

export const syntaxError = (unexpected: string) =>
  new NftRefusal(`syntax error, unexpected ${unexpected}`, 'syntax');
export const evaluationError = (message: string) => new NftRefusal(message, 'evaluation');
export const kernelError = (message: string) =>
  new NftRefusal(`Could not process rule: ${message}`, 'kernel');
/** Raised for a name that the image's files decide. */
export class NftName extends Error {}

/** The next word, or the error that nft gives at the end of a line. */
export function required(tokens: Tokens): string {
  const word = tokens.next();
  if (word === undefined) throw syntaxError('newline');
  return word;
}
