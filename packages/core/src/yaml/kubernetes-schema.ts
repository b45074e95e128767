import { defineScalarTag, NOT_RESOLVED, Schema, YAML11_SCHEMA, YAMLException } from 'js-yaml';

/*
 * YAML as kubectl reads it (sigs.k8s.io/yaml on a fork of go-yaml v2): the words of YAML 1.1 for booleans, `0443` and
 * `0o443` are octal, no sexagesimal numbers, dates stay texts.
 */
const octal = /^([-+]?)0o?([0-7_]+)$/;
const integer = /^[-+]?(0|[1-9][0-9_]*)$/;
const prefixed = /^([-+]?)0([xb])([0-9a-fA-F_]+)$/;
const float = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;

function readInteger(source: string): number | undefined {
  const based = prefixed.exec(source);
  if (based !== null) {
    const [, sign, base, digits = ''] = based;
    const value = Number.parseInt(digits.replaceAll('_', ''), base === 'x' ? 16 : 2);
    return Number.isNaN(value) ? undefined : sign === '-' ? -value : value;
  }
  if (integer.test(source)) return Number(source.replaceAll('_', ''));
  const match = octal.exec(source);
  if (match === null) return undefined;
  const value = Number.parseInt((match[2] ?? '').replaceAll('_', ''), 8);
  return match[1] === '-' ? -value : value;
}

/** The spellings of YAML that go-yaml knows for what no JSON number can say. */
const unsupported = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/** Too large a number stays a text; infinity and NaN make the document unreadable, as it becomes JSON first. */
function readFloat(source: string): number | undefined {
  if (unsupported.test(source)) throw new YAMLException(`json: unsupported value: ${source}`);
  const value = float.test(source) ? Number(source) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}

const digits = ['-', '+', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

const intTag = defineScalarTag('tag:yaml.org,2002:int', {
  implicit: true,
  implicitFirstChars: digits.filter(first => first !== '.'),
  resolve: source => readInteger(source) ?? NOT_RESOLVED,
  identify: () => false,
});
const floatTag = defineScalarTag('tag:yaml.org,2002:float', {
  implicit: true,
  implicitFirstChars: digits,
  resolve: source => readFloat(source) ?? NOT_RESOLVED,
  identify: () => false,
});

/** Only as an explicit `!!timestamp`. */
const timestampTag = defineScalarTag('tag:yaml.org,2002:timestamp', {
  resolve: source => source,
  identify: () => false,
});

const replaced = new Set(['int', 'float', 'timestamp'].map(name => `tag:yaml.org,2002:${name}`));

export const kubernetesSchema = new Schema([
  ...YAML11_SCHEMA.tags.filter(tag => !replaced.has(tag.tagName)),
  intTag,
  floatTag,
  timestampTag,
]);
