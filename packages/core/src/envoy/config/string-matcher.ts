/**
 * Envoy's `type.matcher.v3.StringMatcher`, and the bare presence test of a header or query parameter. `regex` is RE2 and
 * must match the whole text (`safe_regex`).
 */
export type StringMatcher =
  | { readonly kind: 'exact'; readonly value: string; readonly ignoreCase?: boolean }
  | { readonly kind: 'prefix'; readonly value: string; readonly ignoreCase?: boolean }
  | { readonly kind: 'suffix'; readonly value: string; readonly ignoreCase?: boolean }
  | { readonly kind: 'contains'; readonly value: string; readonly ignoreCase?: boolean }
  | { readonly kind: 'regex'; readonly value: string }
  | { readonly kind: 'present' };

/** Envoy's `HeaderMatcher`. `name` is in lower case; `:authority`, `:method`, `:path` and `:scheme` are headers too. */
export interface HeaderMatcher {
  readonly name: string;
  readonly match: StringMatcher;
  readonly invert?: boolean;
  /** A header that is absent is matched as an empty one (`treat_missing_header_as_empty`). */
  readonly missingIsEmpty?: boolean;
}

export interface QueryParameterMatcher {
  readonly name: string;
  readonly match: StringMatcher;
}
