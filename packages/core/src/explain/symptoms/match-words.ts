const tokensOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(token => token !== '');

/** Long words may differ in one letter: typed by hand, or in another tense. */
function alike(a: string, b: string): boolean {
  if (a === b) return true;
  if (Math.min(a.length, b.length) < 6 || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (
    end < Math.min(a.length, b.length) - start &&
    a[a.length - 1 - end] === b[b.length - 1 - end]
  )
    end += 1;
  return Math.max(a.length, b.length) - start - end <= 1;
}

const startsAt = (tokens: readonly string[], phrase: readonly string[], at: number) =>
  phrase.every((word, i) => alike(word, tokens[at + i] ?? ''));

const holds = (tokens: readonly string[], phrase: readonly string[]) =>
  tokens.some((_, at) => startsAt(tokens, phrase, at));

const lengthOf = (tokens: readonly string[]) => tokens.join('').length;

/**
 * How well a phrase fits what somebody typed or pasted: by its length when it stands there word for word, less when its
 * words are scattered or only some of it was typed, 0 when it does not fit. Case and punctuation do not count.
 */
export function matchWords(asked: string, phrase: string): number {
  const tokens = tokensOf(asked);
  const words = tokensOf(phrase);
  if (tokens.length === 0 || words.length === 0) return 0;
  const length = lengthOf(words);
  if (holds(tokens, words)) return tokens.length === words.length ? 1000 + length : length + 1;
  if (lengthOf(tokens) > 3 && holds(words, tokens)) return lengthOf(tokens);
  const scattered =
    words.length > 1 && words.every(word => tokens.some(token => alike(word, token)));
  return scattered ? length / 2 : 0;
}
