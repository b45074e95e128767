import type { IpFamily } from '../../net';
import type { Origin } from '../../origin';
import type { LoadResult, TextLine } from '../load-result';
import type { Chain, Hook, Rule, Table, TableName } from '../model';
import { hookProblem } from './check-hooks';
import { parseRule } from './parse-rule';
import { splitWords } from './words';

interface Building {
  readonly name: TableName;
  readonly chains: Map<string, { base?: Chain['base']; rules: Rule[] }>;
}

const priorities: Readonly<Record<TableName, number>> = {
  raw: -300,
  mangle: -150,
  nat: -100,
  filter: 0,
};

/** Built-in chains of each table (`iptables(8)`, TABLES). */
const builtIn: Readonly<Record<TableName, readonly Hook[]>> = {
  raw: ['PREROUTING', 'OUTPUT'],
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
};

const isTable = (name: string): name is TableName => Object.hasOwn(builtIn, name);

/** nat sees the source side (+100) in INPUT and POSTROUTING. */
const priorityOf = (table: TableName, hook: Hook) =>
  table === 'nat' && (hook === 'INPUT' || hook === 'POSTROUTING') ? 100 : priorities[table];

function newTable(name: TableName): Building {
  const chains = new Map<string, { base?: Chain['base']; rules: Rule[] }>();
  for (const hook of builtIn[name]) {
    chains.set(hook, {
      base: { hook, priority: priorityOf(name, hook), policy: 'ACCEPT' },
      rules: [],
    });
  }
  return { name, chains };
}

type LineResult = { readonly message: string } | { readonly name: string } | undefined;

interface Loading {
  readonly family: IpFamily;
  readonly tables: Map<TableName, Building>;
  /** Line of each rule, from 1: the kernel's own refusals name it too. */
  readonly lineOf: Map<Rule, number>;
  line: number;
  current: Building | undefined;
}

function declareChain(loading: Loading, name: string, policy: string | undefined): LineResult {
  const { current } = loading;
  if (current === undefined) return { message: 'no table' };
  const known = current.chains.get(name);
  if (known?.base !== undefined && (policy === 'ACCEPT' || policy === 'DROP')) {
    known.base = { ...known.base, policy };
  } else if (known === undefined) {
    current.chains.set(name, { rules: [] });
  } else if (policy === undefined) {
    return { message: 'Chain already exists.' };
  }
  return undefined;
}

function addRule(
  loading: Loading,
  words: readonly string[],
  origin: Origin | undefined,
): LineResult {
  const [command, chainName = '', ...rest] = words;
  const chain = loading.current?.chains.get(chainName);
  if (chain === undefined) return { message: `chain \`${chainName}' does not exist` };
  const inserts = command === '-I';
  const position = inserts && /^\d+$/.test(rest[0] ?? '') ? Number(rest.shift()) : 1;
  const result = parseRule(rest, { family: loading.family, chain: chainName });
  if (!result.ok) {
    const { problem } = result;
    return problem.kind === 'name' ? { name: problem.name } : { message: problem.message };
  }
  const { target } = result.value;
  if (target.kind === 'jump' && loading.current?.chains.has(target.chain) !== true) {
    return { message: `Couldn't load target \`${target.chain}':No such file or directory` };
  }
  const rule: Rule = {
    ...result.value,
    text: rest.join(' '),
    ...(origin === undefined ? {} : { origin }),
  };
  loading.lineOf.set(rule, loading.line);
  if (!inserts) chain.rules.push(rule);
  else if (position > chain.rules.length + 1) return { message: 'Index of insertion too big' };
  else chain.rules.splice(position - 1, 0, rule);
  return undefined;
}

function readLine(loading: Loading, text: string, origin: Origin | undefined): LineResult {
  const line = text.trim();
  if (line === '' || line.startsWith('#') || line === 'COMMIT') return undefined;
  if (line.startsWith('*')) {
    const name = line.slice(1).trim();
    if (!isTable(name)) return { message: `Table does not exist (do you need to insmod?)` };
    loading.current = loading.tables.get(name) ?? newTable(name);
    loading.tables.set(name, loading.current);
    return undefined;
  }
  const words = splitWords(line);
  if (line.startsWith(':')) return declareChain(loading, (words[0] ?? '').slice(1), words[1]);
  if (words[0] === '-N') return declareChain(loading, words[1] ?? '', undefined);
  if (words[0] === '-P') return declareChain(loading, words[1] ?? '', words[2]);
  if (words[0] === '-A' || words[0] === '-I') return addRule(loading, words, origin);
  return { message: `unknown command \`${words[0] ?? ''}'` };
}

const finish = ({ name, chains }: Building): Table => ({
  name,
  kind: name,
  chains: [...chains].map(([chain, { base, rules }]) =>
    base === undefined ? { name: chain, rules } : { name: chain, base, rules },
  ),
});

/** What `iptables-restore --noflush` (4) or `ip6tables-restore --noflush` (6) of iptables 1.8.9 does on empty tables. */
export function loadIptables(lines: readonly TextLine<Origin>[], family: IpFamily): LoadResult {
  const loading: Loading = {
    family,
    tables: new Map(),
    lineOf: new Map(),
    line: 0,
    current: undefined,
  };
  const names: string[] = [];
  let nameLine = 0;
  for (const [index, { text, origin }] of lines.entries()) {
    loading.line = index + 1;
    const problem = readLine(loading, text, origin);
    if (problem === undefined) continue;
    if ('message' in problem) return { kind: 'refused', line: index + 1, message: problem.message };
    names.push(problem.name);
    nameLine = nameLine === 0 ? index + 1 : nameLine;
  }
  const tables = [...loading.tables.values()].map(finish);
  for (const table of tables) {
    const problem = hookProblem(table);
    if (problem === undefined) continue;
    const line = loading.lineOf.get(problem.rule) ?? lines.length;
    return { kind: 'refused', line, message: problem.message };
  }
  if (names.length > 0) return { kind: 'depends-on-image', line: nameLine, names };
  return { kind: 'loaded', tables };
}
