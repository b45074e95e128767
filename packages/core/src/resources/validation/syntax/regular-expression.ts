import { RE2JS } from 're2js';
import { quoted } from '../findings';

/** `validateStringRegexp`: RE2 syntax, at most 1024 characters. */
export function checkRegularExpression(pattern: string, where: string): string | undefined {
  if (pattern.length > 1024) {
    return `${quoted(where)}: regex is too large, max length allowed is 1024`;
  }
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `${quoted(where)}: ${reason}; Istio uses RE2 style regex-based match (https://github.com/google/re2/wiki/Syntax)`;
  }
}

interface StringMatchMessage {
  readonly exact: string | undefined;
  readonly prefix: string | undefined;
  readonly regex: string | undefined;
}

/** `validateStringMatchRegexp`: a pattern that is there is not empty and compiles. */
export function checkMatchExpression(
  match: StringMatchMessage | undefined,
  where: string,
): string | undefined {
  if (match?.regex === undefined) return undefined;
  return match.regex === ''
    ? `${quoted(where)}: regex string match should not be empty`
    : checkRegularExpression(match.regex, where);
}

/** `validateStringMatch`: a prefix is not empty either. */
export function checkStringMatch(
  match: StringMatchMessage | undefined,
  where: string,
): string | undefined {
  return match?.prefix === ''
    ? `${quoted(where)}: prefix string match should not be empty`
    : checkMatchExpression(match, where);
}
