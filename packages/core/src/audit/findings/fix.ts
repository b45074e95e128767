import type { SourceRef } from '../../origin';

/** One change in a document. Comments and formatting around it stay (`@sidetrace/loader`'s `applyEdits`). */
export type Edit =
  | {
      readonly op: 'set';
      readonly source: SourceRef;
      readonly path: readonly (string | number)[];
      readonly value: unknown;
    }
  | {
      readonly op: 'remove';
      readonly source: SourceRef;
      readonly path: readonly (string | number)[];
    };

/** What makes a finding go away: edits of what is there, or a new manifest. */
export interface Fix {
  /** Imperative sentence: `name the port https-443`. */
  readonly title: string;
  readonly edits: readonly Edit[];
  /** New objects, as plain values. */
  readonly create?: readonly Readonly<Record<string, unknown>>[];
}

export function setField(
  title: string,
  source: SourceRef,
  path: readonly (string | number)[],
  value: unknown,
): Fix {
  return { title, edits: [{ op: 'set', source, path, value }] };
}

export function removeField(
  title: string,
  source: SourceRef,
  path: readonly (string | number)[],
): Fix {
  return { title, edits: [{ op: 'remove', source, path }] };
}
