import type { JsonObject } from '../json-object';

/** One write, as the event log keeps it. */
export interface Change {
  readonly kind: 'added' | 'modified' | 'deleted';
  /** The store's resourceVersion after it. */
  readonly version: number;
  /** `serviceentries.networking.istio.io`. */
  readonly resource: string;
  readonly namespace: string;
  /** As it is after the write; of a deleted one the last state, with the version of its deletion. */
  readonly object: JsonObject;
  /** As it was before. */
  readonly previous?: JsonObject;
}
