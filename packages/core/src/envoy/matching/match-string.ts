import { RE2JS } from 're2js';
import type { HeaderMatcher, QueryParameterMatcher, StringMatcher } from '../config/string-matcher';

const compiled = new Map<string, RE2JS | undefined>();
const compiledLimit = 4096;

function compile(pattern: string): RE2JS | undefined {
  try {
    return RE2JS.compile(pattern);
  } catch {
    return undefined;
  }
}

/** The compiled pattern, or `undefined` when RE2 does not take it; Envoy rejects such a configuration. */
export function re2(pattern: string): RE2JS | undefined {
  if (compiled.has(pattern)) return compiled.get(pattern);
  if (compiled.size >= compiledLimit) compiled.clear();
  const regex = compile(pattern);
  compiled.set(pattern, regex);
  return regex;
}

/** True when RE2 matches the whole text, as Envoy's `safe_regex` asks (`source/common/common/regex.cc`). */
export function fullyMatches(pattern: string, text: string): boolean {
  return re2(pattern)?.matches(text) ?? false;
}

/** True when `text` satisfies the matcher (`source/common/common/matchers.cc:StringMatcherImpl`). */
export function matchesString(matcher: StringMatcher, text: string): boolean {
  if (matcher.kind === 'present') return true;
  if (matcher.kind === 'regex') return fullyMatches(matcher.value, text);
  const fold = (value: string) => (matcher.ignoreCase === true ? value.toLowerCase() : value);
  const value = fold(matcher.value);
  switch (matcher.kind) {
    case 'exact':
      return fold(text) === value;
    case 'prefix':
      return fold(text).startsWith(value);
    case 'suffix':
      return fold(text).endsWith(value);
    case 'contains':
      return fold(text).includes(value);
  }
}

/**
 * True when the header satisfies the matcher. One that is absent matches nothing, inverted or not, unless it counts as
 * empty or only presence is asked (`source/common/http/header_utility.cc`).
 */
export function matchesHeader(matcher: HeaderMatcher, value: string | undefined): boolean {
  const invert = matcher.invert === true;
  if (matcher.match.kind === 'present') return (value !== undefined) !== invert;
  if (value === undefined && matcher.missingIsEmpty !== true) return false;
  return matchesString(matcher.match, value ?? '') !== invert;
}

export function matchesQueryParameter(
  matcher: QueryParameterMatcher,
  value: string | undefined,
): boolean {
  return value !== undefined && matchesString(matcher.match, value);
}

/** In words, for traces: `exact "/a"`. */
export function describeMatcher(matcher: StringMatcher): string {
  return matcher.kind === 'present' ? 'present' : `${matcher.kind} \`${matcher.value}\``;
}
