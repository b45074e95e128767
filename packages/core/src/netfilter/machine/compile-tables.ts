import type { Chain, Hook, Rule, Ruleset, Table, Target } from '../model';
import { type Check, compileMatch } from './compile-match';
import type { RuleStep } from './walk';

/** A rule made ready to run. Its steps are made once: walks share them. */
export interface CompiledRule {
  readonly checks: readonly Check[];
  readonly matched: RuleStep;
  /** The step for each condition that is the first not to hold. */
  readonly failed: readonly RuleStep[];
  readonly target: Target;
  /** Where a jump goes. */
  readonly jump?: CompiledChain;
}

export interface CompiledChain {
  readonly rules: readonly CompiledRule[];
}

export interface CompiledBase {
  readonly table: Table;
  readonly priority: number;
  readonly policy: 'ACCEPT' | 'DROP';
  readonly chain: CompiledChain;
}

export interface CompiledTables {
  /** Base chains of each hook in the order the kernel calls them. */
  readonly hooks: ReadonlyMap<Hook, readonly CompiledBase[]>;
  /** nat is consulted only where a table of it has rules: without them conntrack is not even enabled. */
  readonly nat: boolean;
}

interface Making {
  readonly table: Table;
  readonly backend: Ruleset['backend'];
  readonly chains: Map<string, { readonly rules: CompiledRule[] }>;
}

function compileRule(making: Making, chain: Chain, rule: Rule, number: number): CompiledRule {
  const { table, backend, chains } = making;
  const step = { table: table.kind, tableName: table.name, chain: chain.name, number, rule };
  const jump = rule.target.kind === 'jump' ? chains.get(rule.target.chain) : undefined;
  return {
    checks: rule.matches.map(match => compileMatch(match, backend)),
    matched: { ...step, matched: true },
    failed: rule.matches.map(failed => ({ ...step, matched: false, failed })),
    target: rule.target,
    ...(jump === undefined ? {} : { jump }),
  };
}

function compileTable(table: Table, backend: Ruleset['backend']): readonly [Hook, CompiledBase][] {
  const chains = new Map(table.chains.map(({ name }) => [name, { rules: [] as CompiledRule[] }]));
  const making: Making = { table, backend, chains };
  return table.chains.flatMap((chain): [Hook, CompiledBase][] => {
    const compiled = chains.get(chain.name) ?? { rules: [] };
    for (const [index, rule] of chain.rules.entries()) {
      compiled.rules.push(compileRule(making, chain, rule, index + 1));
    }
    const { base } = chain;
    if (base === undefined) return [];
    const { hook, priority, policy } = base;
    return [[hook, { table, priority, policy, chain: compiled }]];
  });
}

function compileTables(tables: readonly Table[], backend: Ruleset['backend']): CompiledTables {
  const hooks = new Map<Hook, CompiledBase[]>();
  for (const [hook, base] of tables.flatMap(table => compileTable(table, backend))) {
    hooks.set(hook, [...(hooks.get(hook) ?? []), base]);
  }
  for (const bases of hooks.values()) bases.sort((a, b) => a.priority - b.priority);
  const hasRules = ({ chains }: Table) => chains.some(({ rules }) => rules.length > 0);
  return { hooks, nat: tables.some(table => table.kind === 'nat' && hasRules(table)) };
}

type Compiled = WeakMap<readonly Table[], CompiledTables>;
const known: Readonly<Record<Ruleset['backend'], Compiled>> = {
  iptables: new WeakMap(),
  nftables: new WeakMap(),
};

/** The tables of a family, compiled once per rule set. */
export function compiledTables({ backend, v4, v6 }: Ruleset, family: 4 | 6): CompiledTables {
  const tables = family === 4 ? v4 : v6;
  const found = known[backend].get(tables);
  if (found !== undefined) return found;
  const made = compileTables(tables, backend);
  known[backend].set(tables, made);
  return made;
}
