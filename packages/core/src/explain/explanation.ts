import type { Origin } from '../origin';

/** A piece of a sentence: plain words, something in code type, or a place in the input. */
export type Fragment =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'origin'; readonly origin: Origin };

export type Sentence = readonly Fragment[];

/** Sentences as data, for text, markdown and the portal. */
export interface Explanation {
  readonly headline: Sentence;
  readonly sections: readonly { readonly title: string; readonly sentences: readonly Sentence[] }[];
}

export const text = (words: string): Fragment => ({ kind: 'text', text: words });
export const code = (words: string): Fragment => ({ kind: 'code', text: words });
export const place = (origin: Origin): Fragment => ({ kind: 'origin', origin });
