import { reasonCodes } from '@sidetrace/core';
import type { Argument, Command, Option } from 'commander';
import type { RawInputOptions } from '../input/input-options';
import type { Io } from '../io';
import { knownContexts } from './known-contexts';
import { knownWorkloads } from './known-workloads';

/** Stands for the file names that the shell completes itself. */
export const files = ':files';

/** Istio versions whose rules are modelled. */
export const istioVersions = ['1.26', '1.27', '1.28', '1.29', '1.30', '1.31', '1.32'];

const fileArguments = new Set(['file', 'path', 'before', 'after', 'expectations', 'folder']);
const schemes = ['http://', 'https://', 'http2://', 'grpc://', 'tls://', 'tcp://', 'udp://'];

/** What the words before the one that is typed say. */
interface Typed {
  readonly command: Command;
  /** Option that waits for its value. */
  readonly waiting?: Option;
  /** How many arguments stand there already. */
  readonly position: number;
  /** Values given to options, by long name. */
  readonly given: ReadonlyMap<string, readonly string[]>;
}

const optionOf = (command: Command, word: string): Option | undefined =>
  command.options.find(({ long, short }) => word === long || word === short);

function readTyped(program: Command, words: readonly string[]): Typed {
  let command = program;
  let waiting: Option | undefined;
  let position = 0;
  const given = new Map<string, readonly string[]>();
  const keep = (option: Option, value: string) =>
    given.set(option.name(), [...(given.get(option.name()) ?? []), value]);
  for (const word of words) {
    if (waiting !== undefined) {
      keep(waiting, word);
      waiting = undefined;
    } else if (word.startsWith('-') && word !== '-') {
      const [flag = '', value] = word.split(/=(.*)/s);
      const option = optionOf(command, flag);
      if (option !== undefined && value !== undefined) keep(option, value);
      else if (option?.required === true) waiting = option;
    } else {
      const sub: Command | undefined =
        command === program ? program.commands.find(item => item.name() === word) : undefined;
      if (sub === undefined) position += 1;
      else command = sub;
    }
  }
  return { command, position, given, ...(waiting !== undefined && { waiting }) };
}

/** The word in the angle brackets of `-f, --filename <path>`. */
const valueName = ({ flags }: Option) => /<([^>]+)>/.exec(flags)?.[1] ?? '';

function inputOf(given: Typed['given']): RawInputOptions {
  const last = (name: string) => given.get(name)?.at(-1);
  const [namespace, config, istio] = [last('namespace'), last('config'), last('istio')];
  const filename = given.get('filename')?.filter(path => path !== '-');
  return {
    ...(filename !== undefined && { filename }),
    ...(namespace !== undefined && { namespace }),
    ...(config !== undefined && { config }),
    ...(istio !== undefined && { istio }),
  };
}

async function valuesOf(option: Option, typed: Typed, io: Io): Promise<readonly string[]> {
  if (option.argChoices !== undefined) return option.argChoices;
  const name = valueName(option);
  if (fileArguments.has(name)) return [files];
  if (name === 'version') return istioVersions;
  if (option.long === '--context') return knownContexts(typed.given.get('kubeconfig')?.at(-1));
  if (name === 'workload') return knownWorkloads(inputOf(typed.given), io);
  if (option.long === '--set') {
    return ['ALLOW_ANY', 'REGISTRY_ONLY', 'ALLOW_ANY_DYNAMIC_DNS'].map(mode => `outbound=${mode}`);
  }
  if (option.long === '--verdict') {
    return ['allowed', 'passthrough', 'bypass', 'blocked', 'mixed', 'undetermined'];
  }
  return name === 'target' && option.long === '--target' ? schemes : [];
}

/** The argument at a position; a variadic last one stands for all that follow. */
function argumentAt({ registeredArguments }: Command, position: number): Argument | undefined {
  const found = registeredArguments[position];
  const last = registeredArguments.at(-1);
  return found ?? (last?.variadic === true ? last : undefined);
}

async function argumentValues(typed: Typed, io: Io): Promise<readonly string[]> {
  const argument = argumentAt(typed.command, typed.position);
  if (argument === undefined) return [];
  if (argument.argChoices !== undefined) return argument.argChoices;
  const name = argument.name();
  if (fileArguments.has(name)) return [files];
  if (name === 'workload') return knownWorkloads(inputOf(typed.given), io);
  if (name === 'target') return schemes;
  return name === 'words' ? reasonCodes : [];
}

const flagsOf = (command: Command) => [
  ...command.options.flatMap(({ long, hidden }) => (long === undefined || hidden ? [] : long)),
  '--help',
];

/** Lines that complete the last word: commands, options, values of options, workloads of the files of `-f`. */
export async function complete(
  program: Command,
  words: readonly string[],
  io: Io,
): Promise<readonly string[]> {
  const current = words.at(-1) ?? '';
  const typed = readTyped(program, words.slice(0, -1));
  const starts = (items: readonly string[]) =>
    items.filter(item => item === files || item.startsWith(current));
  if (typed.waiting !== undefined) return starts(await valuesOf(typed.waiting, typed, io));
  const [flag = '', value] = current.startsWith('--') ? current.split(/=(.*)/s) : [];
  const option = value === undefined ? undefined : optionOf(typed.command, flag);
  if (option !== undefined) {
    const values = await valuesOf(option, typed, io);
    return starts(values.map(item => (item === files ? item : `${flag}=${item}`)));
  }
  if (current.startsWith('-')) return starts(flagsOf(typed.command));
  if (typed.command !== program) return starts(await argumentValues(typed, io));
  const shown = program.commands.filter(item => item.name() !== '__complete');
  return starts([...shown.map(item => item.name()), 'help']);
}
