import type { Table } from './model';

/** What the real tool does with a text on empty tables. */
export type LoadResult =
  | { readonly kind: 'loaded'; readonly tables: readonly Table[] }
  /** The whole text is refused: nothing is loaded. `line` counts from 1. */
  | { readonly kind: 'refused'; readonly line: number; readonly message: string }
  /**
   * A user, group or service name decides, so it depends on the files of the image; or an extension of iptables that is
   * not modelled, so it depends on the modules that are there; or an expression of nft that is not modelled.
   */
  | { readonly kind: 'depends-on-image'; readonly line: number; readonly names: readonly string[] };

/** One line of text with what caused it, which ends up on the rule. */
export interface TextLine<O> {
  readonly text: string;
  readonly origin?: O;
}
