import type { Suite } from '../suite';
import { analyzers } from './analyzers';
import { dns } from './dns';
import { e2e } from './e2e';
import { inbound } from './inbound';
import { injection } from './injection';
import { interception } from './interception';
import { kernel } from './kernel';
import { outbound } from './outbound';
import { rules } from './rules';
import { validation } from './validation';

const all = [
  kernel,
  rules,
  injection,
  interception,
  outbound,
  inbound,
  dns,
  validation,
  analyzers,
  e2e,
];

/** Every suite, by name. */
export const suites: ReadonlyMap<string, Suite> = new Map(all.map(suite => [suite.name, suite]));
