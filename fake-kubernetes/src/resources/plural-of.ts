/**
 * The plural of a kind for which no table has one: as apimachinery's `meta.UnsafeGuessKindToResource` guesses,
 * but `gateways`, as people who define resources write it, where that says `gatewaies`.
 */
export function pluralOf(kind: string): string {
  const singular = kind.toLowerCase();
  if (singular.endsWith('endpoints')) return singular;
  if (/(?:s|x|ch|sh)$/.test(singular)) return `${singular}es`;
  return /[^aeiou]y$/.test(singular) ? `${singular.slice(0, -1)}ies` : `${singular}s`;
}
