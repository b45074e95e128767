/**
 * Text of a scalar that stands where a text should; empty for maps and lists. `String` is not for values of users: it
 * calls their `toString`, which a manifest may name as a key.
 */
export function scalarText(value: unknown): string {
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}
