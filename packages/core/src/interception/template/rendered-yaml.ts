import { parseYaml } from '../../yaml';
import type { Argument } from '../options/command-line';
import type { Setting } from '../options/option';
import type { EnvironmentVariable } from '../pod/injected-pod';

/*
 * The template writes every value between double quotes into a YAML text. A value with a quote, a backslash or a line
 * break therefore changes the text: it is read back from the rendered text, and the pod is rejected when that is no YAML.
 */
const plainValue = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;
const plainName = /^[A-Za-z_][A-Za-z0-9_]*$/;
const yamlWords = /^(y|n|yes|no|on|off|true|false|null)$/i;

/** The arguments as the pod has them; `undefined` when the text cannot be read. */
export function renderArguments(words: readonly Argument[]): readonly Argument[] | undefined {
  if (words.every(word => plainValue.test(word.text))) return words;
  const items = readList(words.map(word => `    - ${quoted(word.text)}`).join('\n'));
  if (items === undefined) return undefined;
  const odd = words.find(word => !plainValue.test(word.text));
  const texts = items.filter(item => typeof item === 'string');
  if (texts.length !== items.length || odd === undefined) return undefined;
  return texts.map((text, i) => ({
    text,
    origin: (texts.length === words.length ? words[i] : odd)?.origin ?? odd.origin,
  }));
}

/** The variables as the pod has them; names stand without quotes in the template. */
export function renderVariables(
  variables: readonly EnvironmentVariable[],
): readonly EnvironmentVariable[] | undefined {
  const isPlain = ({ name, value }: EnvironmentVariable) =>
    plainValue.test(value) && plainName.test(name) && !yamlWords.test(name);
  const odd = variables.find(variable => !isPlain(variable));
  if (odd === undefined) return variables;
  const items = readList(
    variables
      .map(({ name, value }) => `    - name: ${name}\n      value: ${quoted(value)}`)
      .join('\n'),
  );
  const read = items?.map(item => readVariable(item, variables, odd));
  return read?.every(variable => variable !== undefined) ? read : undefined;
}

function readVariable(
  item: unknown,
  variables: readonly EnvironmentVariable[],
  odd: EnvironmentVariable,
): EnvironmentVariable | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const { name, value = '' } = item as { readonly name?: unknown; readonly value?: unknown };
  if (typeof name !== 'string' || typeof value !== 'string') return undefined;
  const given = variables.find(variable => variable.name === name);
  return { name, value, origin: (given ?? odd).origin };
}

/** The annotations that the template writes into a flow map. */
export function renderAnnotations(
  annotations: ReadonlyMap<string, Setting>,
): ReadonlyMap<string, Setting> | undefined {
  if ([...annotations.values()].every(({ value }) => plainValue.test(value))) return annotations;
  const text = [...annotations]
    .map(([name, { value }]) => `  ${name}: ${quoted(value)},`)
    .join('\n');
  const yaml = parseYaml(`{\n${text}\n}`);
  if (!yaml.ok || typeof yaml.value !== 'object' || yaml.value === null) return undefined;
  const read = new Map<string, Setting>();
  for (const [name, value] of Object.entries(yaml.value)) {
    const given = annotations.get(name);
    if (typeof value !== 'string' || given === undefined) return undefined;
    read.set(name, { value, origin: given.origin });
  }
  return read;
}

/**
 * The value between quotes. Go's YAML reader does not mind how far a line inside quotes is indented; ours does, so such
 * lines are moved to the right, which changes nothing since the blanks there are not part of the value.
 */
function quoted(value: string): string {
  let inside = true;
  let text = '';
  for (let i = 0; i < value.length; i += 1) {
    const char = value.charAt(i);
    if (inside && char === '\\') {
      text += value.slice(i, i + 2);
      i += 1;
      continue;
    }
    if (char === '"') inside = !inside;
    text += inside && char === '\n' ? '\n        ' : char;
  }
  return `"${text}"`;
}

function readList(text: string): readonly unknown[] | undefined {
  const yaml = parseYaml(text);
  return yaml.ok && Array.isArray(yaml.value) ? yaml.value : undefined;
}
