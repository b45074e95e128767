import type { IpFamily } from '../../net';
import type { Match, Target } from '../model';
import { type Parsed, refused } from './rule-error';

/** A rule while its words are read. */
export interface RuleParts {
  readonly family: IpFamily;
  readonly chain: string;
  readonly matches: Match[];
  target: Target | undefined;
  /** Match extensions in the order they were named; the last one that has an option gets it. */
  readonly modules: string[];
  /** Of `-p`, when it is one with ports: its options are known then. */
  protocol: string | undefined;
  /** Options that may stand once. */
  readonly seen: Set<string>;
}

/** An option as it stands in the rule; `negated` is a `!` before it. */
export interface Option {
  readonly name: string;
  readonly value: string;
  readonly negated: boolean;
}

export type Reader = (parts: RuleParts, option: Option) => Parsed<undefined>;

export const done: Parsed<undefined> = { ok: true, value: undefined };

/** Adds the condition that a value makes, or hands on what is wrong with the value. */
export function addMatch<T>(
  parts: RuleParts,
  result: Parsed<T>,
  make: (value: T) => Match | undefined,
): Parsed<undefined> {
  if (!result.ok) return result;
  const match = make(result.value);
  if (match !== undefined) parts.matches.push(match);
  return done;
}

export const unknownOption = (name: string) => refused(`unknown option "${name}"`);
