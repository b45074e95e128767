import type { OptionSpec } from './option';
import { parseBool } from './parse-bool';

const durationPattern = /^[+-]?(0|((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+)$/;

/** The value in normal form, or why Go's pflag refuses it. */
export type CheckedValue =
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'refused'; readonly why: string };

/** Reads one value as the flag's Go type does: ParseBool, ParseUint of 16 bits with base prefix, ParseDuration, or any text. */
export function checkValue(option: OptionSpec, text: string): CheckedValue {
  switch (option.kind) {
    case 'text':
      return { kind: 'value', value: text };
    case 'bool': {
      const value = parseBool(text);
      return value === undefined
        ? refused(`strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax`)
        : { kind: 'value', value: String(value) };
    }
    case 'uint16':
      return checkUint16(text);
    case 'duration':
      return durationPattern.test(text)
        ? { kind: 'value', value: text }
        : refused(`time: invalid duration ${JSON.stringify(text)}`);
  }
}

const uintPattern =
  /^(0[xX]_?[0-9a-fA-F]+(_[0-9a-fA-F]+)*|0[bB]_?[01]+(_[01]+)*|0[oO]?_?[0-7]+(_[0-7]+)*|0|[1-9]\d*(_\d+)*)$/;

function checkUint16(text: string): CheckedValue {
  const failure = (why: string) =>
    refused(`strconv.ParseUint: parsing ${JSON.stringify(text)}: ${why}`);
  if (!uintPattern.test(text)) return failure('invalid syntax');
  const plain = text.replaceAll('_', '');
  const value = Number(/^0[0-7]/.test(plain) ? `0o${plain.slice(1)}` : plain);
  return value > 65535 ? failure('value out of range') : { kind: 'value', value: String(value) };
}

function refused(why: string): CheckedValue {
  return { kind: 'refused', why };
}
