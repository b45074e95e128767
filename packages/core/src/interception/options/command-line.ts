import type { Origin } from '../../origin';
import type { InterceptionVersion } from '../versions';
import { checkValue } from './check-value';
import type { InterceptionError } from './interception-error';
import { type OptionName, type OptionSpec, optionSpecs, type Setting } from './option';

/** One word of a command line. */
export interface Argument {
  readonly text: string;
  readonly origin: Origin;
}

/** Flags of pilot-agent's logging, which every command takes and which decide no rule (pkg/log/options.go). */
const loggingFlags: ReadonlyMap<string, 'text' | 'bool'> = new Map([
  ['log_as_json', 'bool'],
  ['log_caller', 'text'],
  ['log_output_level', 'text'],
  ['log_rotate', 'text'],
  ['log_rotate_max_age', 'text'],
  ['log_rotate_max_backups', 'text'],
  ['log_rotate_max_size', 'text'],
  ['log_stacktrace_level', 'text'],
  ['log_target', 'text'],
  ['vklog', 'text'],
]);

interface Flag {
  readonly spec?: OptionSpec;
  readonly takesValue: boolean;
  /** The flag as messages name it. */
  readonly shown: string;
}

type Occurrence =
  | { readonly kind: 'set'; readonly flag: Flag; readonly value: string; readonly origin: Origin }
  | InterceptionError;

export type CommandLine = ReadonlyMap<OptionName, Setting> | InterceptionError;

/**
 * Reads the words after the command's name as pflag does: `--name=value`, `--name value`, `-u 1337`, `-u=1337`,
 * `-u1337`, `--` ends the flags, other words are left alone. The last occurrence of a flag wins; the first mistake ends it.
 */
export function readCommandLine(
  words: readonly Argument[],
  version: InterceptionVersion,
): CommandLine {
  const settings = new Map<OptionName, Setting>();
  for (const occurrence of occurrences(words, version)) {
    if (occurrence.kind === 'error') return occurrence;
    const { flag, value, origin } = occurrence;
    if (flag.spec === undefined) continue;
    const checked = checkValue(flag.spec, value);
    if (checked.kind === 'refused') {
      return failure(
        'bad-flag-value',
        `invalid argument ${JSON.stringify(value)} for "${flag.shown}" flag: ${checked.why}`,
      );
    }
    settings.set(flag.spec.name, { value: checked.value, origin });
  }
  return settings;
}

function* occurrences(
  words: readonly Argument[],
  version: InterceptionVersion,
): Iterable<Occurrence> {
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i];
    if (word === undefined || word.text === '--') return;
    if (!word.text.startsWith('-') || word.text === '-') continue;
    const read = word.text.startsWith('--')
      ? readLong(word, words[i + 1], version)
      : readShort(word, words[i + 1]);
    if (read.usedNext) i += 1;
    yield* read.found;
  }
}

interface Read {
  readonly found: readonly Occurrence[];
  readonly usedNext: boolean;
}

function readLong(word: Argument, next: Argument | undefined, version: InterceptionVersion): Read {
  const body = word.text.slice(2);
  const equals = body.indexOf('=');
  const name = equals < 0 ? body : body.slice(0, equals);
  const flag = longFlag(name, version);
  if (flag === undefined) return only(failure('unknown-flag', `unknown flag: --${name}`));
  if (equals >= 0) return only(set(flag, body.slice(equals + 1), word.origin));
  if (!flag.takesValue) return only(set(flag, 'true', word.origin));
  return next === undefined
    ? only(failure('missing-flag-value', `flag needs an argument: --${name}`))
    : { found: [set(flag, next.text, next.origin)], usedNext: true };
}

function readShort(word: Argument, next: Argument | undefined): Read {
  const found: Occurrence[] = [];
  for (let rest = word.text.slice(1); rest !== ''; ) {
    const letter = rest.slice(0, 1);
    const spec = optionSpecs.find(option => option.shorthand === letter);
    if (spec === undefined) {
      found.push(failure('unknown-flag', `unknown shorthand flag: '${letter}' in -${rest}`));
      break;
    }
    const flag: Flag = {
      spec,
      takesValue: spec.kind !== 'bool',
      shown: `-${letter}, --${spec.name}`,
    };
    if (rest.length > 2 && rest[1] === '=') {
      found.push(set(flag, rest.slice(2), word.origin));
      break;
    }
    if (flag.takesValue) return valueOfShort(flag, rest, next, found, word);
    found.push(set(flag, 'true', word.origin));
    rest = rest.slice(1);
  }
  return { found, usedNext: false };
}

function valueOfShort(
  flag: Flag,
  rest: string,
  next: Argument | undefined,
  before: readonly Occurrence[],
  word: Argument,
): Read {
  if (rest.length > 1) {
    return { found: [...before, set(flag, rest.slice(1), word.origin)], usedNext: false };
  }
  return next === undefined
    ? only(failure('missing-flag-value', `flag needs an argument: '${rest}' in -${rest}`))
    : { found: [...before, set(flag, next.text, next.origin)], usedNext: true };
}

function longFlag(name: string, version: InterceptionVersion): Flag | undefined {
  const shown = `--${name}`;
  const logging = loggingFlags.get(name);
  if (logging !== undefined) return { takesValue: logging === 'text', shown };
  const spec = optionSpecs.find(option => option.name === name);
  if (spec === undefined || version.unknownFlags.has(spec.name)) return undefined;
  const flag = spec.shorthand === undefined ? shown : `-${spec.shorthand}, ${shown}`;
  return { spec, takesValue: spec.kind !== 'bool', shown: flag };
}

function set(flag: Flag, value: string, origin: Origin): Occurrence {
  return { kind: 'set', flag, value, origin };
}

function only(occurrence: Occurrence): Read {
  return { found: [occurrence], usedNext: false };
}

function failure(code: InterceptionError['code'], message: string): InterceptionError {
  return { kind: 'error', stage: 'flags', code, message };
}
