import type { Verb } from '../faults';

/** A request that the server was asked, for tests to look at. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Plural of the resource; undefined for discovery. */
  readonly resource?: string;
  readonly namespace?: string;
  readonly verb?: Verb;
}
