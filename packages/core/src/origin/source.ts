/**
 * Where a document stands in the text that was read. Lines count from 1.
 *
 * Reading is fast because it keeps only where each document starts; a position inside a document is found later, by
 * `@sidetrace/loader`'s `locate`, for the few fields that have to be pointed at.
 */
export interface SourceRef {
  /** Name of the file, `-` for standard input, `cluster:<name>` for a live cluster. */
  readonly file: string;
  /** Index of the YAML document in the file, from 0. */
  readonly document: number;
  /** First line of the document. */
  readonly line: number;
  /** Path of the object inside the document when it came from a List, for example `items.3`. */
  readonly item?: string;
}
