import type { IpFamily } from '../../net';
import type { Match, Target } from '../model';
import { matchOptions } from './match-options';
import { byName, type Parsed, parsed, refused } from './rule-error';
import { done, type Option, type RuleParts, unknownOption } from './rule-parts';
import { targetFlags, targetOptions } from './target-options';

/** Most arguments of a command, of which iptables-restore itself makes five: program, `-t`, table, `-A`, chain. */
const maxArguments = 255 - 5;

/** Match extensions whose options are understood here. */
const modules = new Set(
  'tcp udp sctp multiport owner mark connmark conntrack state comment'.split(' '),
);

/** Further ones of iptables 1.8.9: that they load depends on the image's and the node's modules. */
const otherModules = new Set(
  'addrtype bpf cgroup cluster connbytes connlabel connlimit cpu dccp dscp ecn esp hashlimit helper icmp icmp6 iprange ipvs length limit mac nfacct osf physdev pkttype policy quota rateest realm recent rpfilter set socket statistic string tcpmss time tos ttl u32'.split(
    ' ',
  ),
);

/** Options that iptables knows and that are not modelled: what they make of the rule cannot be told here. */
const otherOptions = new Set(
  '--syn --tcp-flags --tcp-option --socket-exists -f --fragment -c --set-counters -4 --ipv4 -6 --ipv6 -v --verbose'.split(
    ' ',
  ),
);

export interface ParsedRule {
  readonly matches: readonly Match[];
  readonly target: Target;
}

/** Where the rule is to stand. */
export interface Place {
  readonly family: IpFamily;
  readonly chain: string;
}

/** Reads the words of a rule after `-A CHAIN` or `-I CHAIN n`. */
export function parseRule(words: readonly string[], place: Place): Parsed<ParsedRule> {
  if (words.length > maxArguments) return refused('Parser cannot handle more arguments');
  const parts: RuleParts = {
    ...place,
    matches: [],
    target: undefined,
    modules: [],
    protocol: undefined,
    seen: new Set(),
  };
  let negated = false;
  /** A name that the image decides about; what is wrong all the same comes first. */
  let unclear: Extract<Parsed<undefined>, { ok: false }> | undefined;
  for (let index = 0; index < words.length; index += 1) {
    const [name = '', attached] = splitOption(words[index] ?? '');
    if (name === '!') {
      if (negated) return refused('multiple consecutive ! not allowed');
      negated = true;
      continue;
    }
    const flag = targetFlags.get(name);
    if (flag !== undefined) {
      if (!flag(parts)) return unknownOption(name);
      continue;
    }
    if (otherOptions.has(name)) return byName(name);
    if (!name.startsWith('-')) return refused(`Bad argument \`${name}'`);
    if (attached === undefined) index += 1;
    const result = readOption(parts, { name, value: attached ?? words[index], negated });
    if (!result.ok && result.problem.kind === 'refused') return result;
    if (!result.ok) unclear ??= result;
    negated = false;
  }
  if (unclear !== undefined) return unclear;
  return parsed({ matches: parts.matches, target: parts.target ?? { kind: 'none' } });
}

/** `--name=value` is one word. */
function splitOption(word: string): readonly [string, string?] {
  const equals = word.startsWith('--') ? word.indexOf('=') : -1;
  return equals < 0 ? [word] : [word.slice(0, equals), word.slice(equals + 1)];
}

interface PossibleOption {
  readonly name: string;
  readonly value: string | undefined;
  readonly negated: boolean;
}

function readOption(parts: RuleParts, { name, value, negated }: PossibleOption): Parsed<undefined> {
  const module = name === '-m' || name === '--match';
  const reader = matchOptions.get(name) ?? targetOptions.get(name);
  if (!module && reader === undefined) return unknownOption(name);
  if (value === undefined) return refused(`option "${name}" requires an argument`);
  const option: Option = { name, value, negated };
  if (reader === undefined) return loadModule(parts, option);
  if (negated && targetOptions.has(name)) return refused(`unexpected ! flag before ${name}`);
  return onceOnly(parts, name) ?? reader(parts, option);
}

/** Long and short names of one option. */
const longNames: ReadonlyMap<string, string> = new Map([
  ['--protocol', '-p'],
  ['--proto', '-p'],
  ['--source', '-s'],
  ['--src', '-s'],
  ['--destination', '-d'],
  ['--dst', '-d'],
  ['--in-interface', '-i'],
  ['--out-interface', '-o'],
  ['--destination-port', '--dport'],
  ['--source-port', '--sport'],
]);

function onceOnly(parts: RuleParts, name: string): Parsed<undefined> | undefined {
  if (name === '-j' || name === '--jump') return undefined;
  const known = longNames.get(name) ?? name;
  if (parts.seen.has(known)) return refused(`multiple ${known} flags not allowed`);
  parts.seen.add(known);
  return undefined;
}

/** `-m name`: from here on the extension's options are known, and may stand once more. */
function loadModule(parts: RuleParts, { value, negated }: Option): Parsed<undefined> {
  if (negated) return refused('unexpected ! flag before --match');
  if (!modules.has(value)) {
    return otherModules.has(value)
      ? byName(value)
      : refused(`Couldn't load match \`${value}':No such file or directory`);
  }
  if (value === 'tcp' || value === 'udp' || value === 'sctp') {
    if (parts.protocol !== value)
      return refused(`${value.toUpperCase()} match requires '-p ${value}'`);
    parts.seen.delete('--dport');
    parts.seen.delete('--sport');
  } else {
    for (const name of optionsOf.get(value) ?? []) parts.seen.delete(name);
  }
  parts.modules.push(value);
  return done;
}

const optionsOf: ReadonlyMap<string, readonly string[]> = new Map([
  ['multiport', ['--dports', '--sports']],
  ['owner', ['--uid-owner', '--gid-owner']],
  ['mark', ['--mark']],
  ['connmark', ['--mark']],
  ['conntrack', ['--ctstate']],
  ['state', ['--state']],
  ['comment', ['--comment']],
]);
