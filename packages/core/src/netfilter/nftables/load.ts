import type { Origin } from '../../origin';
import type { LoadResult, TextLine } from '../load-result';
import type { Chain, Hook, Rule, Table, TableName } from '../model';
import { parseNftRule } from './parse-rule';
import {
  kernelError,
  NftRefusal,
  type Phase,
  syntaxError,
  type Tokens,
  tokensOf,
  UnmodelledExpression,
} from './tokens';

interface BuildingChain {
  readonly base?: Chain['base'];
  readonly type: string;
  readonly rules: Rule[];
}
type Building = Map<string, BuildingChain>;

const hooks: Readonly<Record<string, Hook>> = {
  prerouting: 'PREROUTING',
  input: 'INPUT',
  forward: 'FORWARD',
  output: 'OUTPUT',
  postrouting: 'POSTROUTING',
};

const baseChain = /^\{ type (\w+) hook (\w+) priority (-?\d+) ; (?:policy (accept|drop) ; )?\}$/;

function addChain(table: Building, name: string, rest: string): void {
  if (rest === '') {
    if (!table.has(name)) table.set(name, { type: '', rules: [] });
    return;
  }
  const match = baseChain.exec(rest);
  const hook = hooks[match?.[2] ?? ''];
  if (match === null || hook === undefined) throw syntaxError('string');
  const policy = match[4] === 'drop' ? 'DROP' : 'ACCEPT';
  table.set(name, {
    base: { hook, priority: Number(match[3]), policy },
    type: match[1] ?? '',
    rules: [],
  });
}

/** A rule that is not modelled keeps its place, for those that are inserted by number. */
function readRule(tokens: Tokens): ReturnType<typeof parseNftRule> {
  try {
    return parseNftRule(tokens);
  } catch (error) {
    if (!(error instanceof UnmodelledExpression)) throw error;
    tokens.names.push(error.message);
    return { matches: [], target: { kind: 'none' } };
  }
}

function addRule(
  table: Building,
  chainName: string,
  words: readonly string[],
  position: number | undefined,
  origin: Origin | undefined,
): readonly string[] {
  const chain = table.get(chainName);
  if (chain === undefined) throw kernelError('No such file or directory');
  const tokens = tokensOf(words.join(' '));
  const { matches, target } = readRule(tokens);
  if (target.kind === 'jump' && !table.has(target.chain)) {
    throw kernelError('No such file or directory');
  }
  const rule: Rule = {
    matches,
    target,
    text: words.join(' '),
    ...(origin === undefined ? {} : { origin }),
  };
  if (position === undefined) chain.rules.push(rule);
  else if (position >= Math.max(chain.rules.length, 1))
    throw kernelError('No such file or directory');
  else chain.rules.splice(position, 0, rule);
  return tokens.names;
}

/** Commands: `add table`, `add chain`, `add rule`, `insert rule ... index n`. Gives the names that the image decides. */
function readCommand(
  tables: Map<string, Building>,
  text: string,
  origin: Origin | undefined,
): readonly string[] {
  const words = text.trim().split(/\s+/);
  const [command, what, family, tableName = '', name = '', ...rest] = words;
  if (family !== 'inet') throw syntaxError('string');
  if (what === 'table') {
    if (command === 'add' && !tables.has(tableName)) tables.set(tableName, new Map());
    return [];
  }
  const table = tables.get(tableName);
  if (table === undefined) throw kernelError('No such file or directory');
  if (command === 'add' && what === 'chain') {
    addChain(table, name, rest.join(' '));
    return [];
  }
  if (command === 'add' && what === 'rule') return addRule(table, name, rest, undefined, origin);
  if (command !== 'insert' || what !== 'rule') throw syntaxError(command ?? '');
  const indexed = rest[0] === 'index';
  return addRule(
    table,
    name,
    indexed ? rest.slice(2) : rest,
    indexed ? Number(rest[1]) : 0,
    origin,
  );
}

/** Where iptables would have kept the chains of this table: by type and priority of its base chains. */
function kindOf(table: Building): TableName {
  const bases = [...table.values()].filter(chain => chain.base !== undefined);
  if (bases.some(chain => chain.type === 'nat')) return 'nat';
  const priorities = bases.map(chain => chain.base?.priority ?? 0);
  if (priorities.some(priority => priority <= -300)) return 'raw';
  return priorities.some(priority => priority <= -150) ? 'mangle' : 'filter';
}

const finish = ([name, table]: [string, Building]): Table => ({
  name,
  kind: kindOf(table),
  chains: [...table].map(([chain, { base, rules }]) =>
    base === undefined ? { name: chain, rules } : { name: chain, base, rules },
  ),
});

interface Refusal {
  readonly line: number;
  readonly message: string;
  readonly phase: Phase;
}

const phases: readonly Phase[] = ['syntax', 'evaluation', 'kernel'];

/** The refusal that nft reports: of the earliest phase, there the first line. */
function reported(refusals: readonly Refusal[]): Refusal | undefined {
  for (const phase of phases) {
    const first = refusals.find(refusal => refusal.phase === phase);
    if (first !== undefined) return first;
  }
  return undefined;
}

/** What `nft -f -` of nftables 1.0.6 does in an empty namespace: all or nothing. */
export function loadNft(lines: readonly TextLine<Origin>[]): LoadResult {
  const tables = new Map<string, Building>();
  const refusals: Refusal[] = [];
  const names: { readonly name: string; readonly line: number }[] = [];
  for (const [index, { text, origin }] of lines.entries()) {
    if (text.trim() === '') continue;
    try {
      for (const name of readCommand(tables, text, origin)) names.push({ name, line: index + 1 });
    } catch (error) {
      const line = index + 1;
      if (error instanceof NftRefusal)
        refusals.push({ line, message: error.message, phase: error.phase });
      else throw error;
    }
  }
  const refusal = reported(refusals);
  if (refusal !== undefined) {
    return { kind: 'refused', line: refusal.line, message: refusal.message };
  }
  const [first] = names;
  if (first !== undefined) {
    return { kind: 'depends-on-image', line: first.line, names: names.map(({ name }) => name) };
  }
  return { kind: 'loaded', tables: [...tables].map(finish) };
}
