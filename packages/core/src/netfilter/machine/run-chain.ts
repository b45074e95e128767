import type { Chain, Rule, Table, Target } from '../model';
import { firstFailing, type Header } from './evaluate-rule';
import type { RuleStep } from './walk';

/** What a table did to a packet. */
export type TableVerdict =
  | { readonly kind: 'accept' }
  | { readonly kind: 'drop'; readonly step?: RuleStep }
  | { readonly kind: 'redirect'; readonly port: number }
  | { readonly kind: 'tproxy'; readonly port: number };

/** Marks as they stand; rules change them and go on. */
export interface Marks {
  mark: number;
  connmark: number;
}

interface Run {
  readonly table: Table;
  readonly chains: ReadonlyMap<string, Chain>;
  readonly header: Header;
  readonly backend: 'iptables' | 'nftables';
  readonly marks: Marks;
  readonly steps: RuleStep[];
}

/** `return`: the chain was left by RETURN or at its end, the caller goes on after the jump. */
type ChainVerdict = TableVerdict | { readonly kind: 'return' };

const depthLimit = 16;

/** Runs a base chain to its verdict; the policy answers where no rule does. */
export function runBaseChain(
  table: Table,
  chain: Chain,
  header: Header,
  backend: 'iptables' | 'nftables',
  marks: Marks,
  steps: RuleStep[],
): TableVerdict {
  const chains = new Map(table.chains.map(item => [item.name, item]));
  const run: Run = { table, chains, header, backend, marks, steps };
  const verdict = runChain(run, chain, 0);
  if (verdict.kind !== 'return') return verdict;
  return chain.base?.policy === 'DROP' ? { kind: 'drop' } : { kind: 'accept' };
}

function runChain(run: Run, chain: Chain, depth: number): ChainVerdict {
  for (const [index, rule] of chain.rules.entries()) {
    const step = stepFor(run, chain, rule, index + 1);
    run.steps.push(step);
    if (!step.matched) continue;
    const verdict = apply(run, rule.target, step, depth);
    if (verdict !== undefined) return verdict;
  }
  return { kind: 'return' };
}

function stepFor(run: Run, chain: Chain, rule: Rule, number: number): RuleStep {
  const header = { ...run.header, mark: run.marks.mark, connmark: run.marks.connmark };
  const failed = firstFailing(rule.matches, header, run.backend);
  const base = {
    table: run.table.kind,
    tableName: run.table.name,
    chain: chain.name,
    number,
    rule,
    matched: failed === undefined,
  };
  return failed === undefined ? base : { ...base, failed };
}

/** The verdict of a target; `undefined` when the next rule is looked at. */
function apply(run: Run, target: Target, step: RuleStep, depth: number): ChainVerdict | undefined {
  const { marks } = run;
  switch (target.kind) {
    case 'ACCEPT':
      return { kind: 'accept' };
    case 'DROP':
      return { kind: 'drop', step };
    case 'RETURN':
      return { kind: 'return' };
    case 'jump':
      return jump(run, target.chain, depth);
    case 'REDIRECT':
      return { kind: 'redirect', port: target.port };
    case 'TPROXY':
      marks.mark = ((marks.mark & ~target.mask) | target.mark) >>> 0;
      return { kind: 'tproxy', port: target.port };
    case 'MARK':
      marks.mark = ((marks.mark & ~target.mask) ^ target.value) >>> 0;
      return undefined;
    case 'CONNMARK':
      if (target.action === 'save') marks.connmark = marks.mark;
      else marks.mark = marks.connmark;
      return undefined;
    case 'CT':
    case 'LOG':
    case 'TRACE':
    case 'none':
      return undefined;
  }
}

function jump(run: Run, name: string, depth: number): ChainVerdict | undefined {
  const chain = run.chains.get(name);
  if (chain === undefined || depth >= depthLimit) return undefined;
  const verdict = runChain(run, chain, depth + 1);
  return verdict.kind === 'return' ? undefined : verdict;
}
