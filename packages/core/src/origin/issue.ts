import type { ObjectRef } from './object-ref';
import type { SourceRef } from './source';

/**
 * Something in the input that is wrong or was not used. Decoding never throws: it returns a value and issues.
 * `message` starts in lower case, has no final stop, and puts user text in back ticks; `hint` says what to do next.
 */
export interface Issue {
  /** kebab-case, closed per producer, stable. */
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly hint?: string;
  readonly object?: ObjectRef;
  /** Dotted path of the field inside the object. */
  readonly path?: string;
  readonly source?: SourceRef;
}
