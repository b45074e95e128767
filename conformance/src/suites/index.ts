import type { Suite } from '../suite';
import { analyzers } from './analyzers';

/** Every suite, by name. */
export const suites: ReadonlyMap<string, Suite> = new Map(
  [analyzers].map(suite => [suite.name, suite]),
);
