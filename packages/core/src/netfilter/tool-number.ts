import { serviceNames } from './service-names';

/** What a tool makes of a word where it wants a number. */
export type ToolNumber =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name' }
  | { readonly kind: 'bad' };

/**
 * C's `strtoul(text, &end, 0)` as `xtables_strtoul` calls it: a plus sign, decimal, `0x` hexadecimal, leading `0` octal;
 * the whole word has to be used up. No minus sign, not even `-0`.
 */
export function parseCNumber(text: string): number | undefined {
  const digits = text.replace(/^\+/, '');
  if (/^0[xX][0-9a-fA-F]+$/.test(digits)) return Number.parseInt(digits, 16);
  if (/^0[0-7]*$/.test(digits)) return Number.parseInt(digits, 8);
  return /^[1-9]\d*$/.test(digits) ? Number(digits) : undefined;
}

/** A port: a number up to 65535, or a service name that depends on the image. */
export function toolPort(text: string): ToolNumber {
  const value = parseCNumber(text);
  if (value !== undefined) return value <= 65535 ? { kind: 'number', value } : { kind: 'bad' };
  return serviceNames.has(text) ? { kind: 'name' } : { kind: 'bad' };
}

/** Could `/etc/passwd` or `/etc/group` have this name (`useradd(8)`, CAVEATS). */
export const isAccountName = (text: string) => /^[A-Za-z_][A-Za-z0-9_.-]*\$?$/.test(text);

/** Bytes of the text in UTF-8, which is how the kernel counts the length of an interface name. */
export function byteLength(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
