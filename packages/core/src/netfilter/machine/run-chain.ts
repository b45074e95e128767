import type { Chain, Rule, Table, Target } from '../model';
import { firstFailing, type Header } from './evaluate-rule';
import type { RuleStep } from './walk';

/** What a table did to a packet. */
export type TableVerdict =
  | { readonly kind: 'accept' }
  | { readonly kind: 'drop'; readonly step?: RuleStep }
  | { readonly kind: 'redirect'; readonly port: number }
  | { readonly kind: 'tproxy'; readonly port: number };

interface Run {
  readonly table: Table;
  readonly chains: ReadonlyMap<string, Chain>;
  readonly header: Header;
  readonly backend: 'iptables' | 'nftables';
  readonly steps: RuleStep[];
}

/** `return`: the chain was left by RETURN or at its end, the caller goes on after the jump. */
type ChainVerdict = TableVerdict | { readonly kind: 'return' };

const depthLimit = 16;

const chainsByTable = new WeakMap<Table, ReadonlyMap<string, Chain>>();

function chainsOf(table: Table): ReadonlyMap<string, Chain> {
  const known = chainsByTable.get(table);
  if (known !== undefined) return known;
  const made = new Map(table.chains.map(chain => [chain.name, chain]));
  chainsByTable.set(table, made);
  return made;
}

/** Runs a base chain to its verdict; the policy answers where no rule does. */
export function runBaseChain(
  table: Table,
  chain: Chain,
  header: Header,
  backend: 'iptables' | 'nftables',
  steps: RuleStep[],
): TableVerdict {
  const verdict = runChain({ table, chains: chainsOf(table), header, backend, steps }, chain, 0);
  if (verdict.kind !== 'return') return verdict;
  return chain.base?.policy === 'DROP' ? { kind: 'drop' } : accept;
}

const accept = { kind: 'accept' } as const;
const leave = { kind: 'return' } as const;

function runChain(run: Run, chain: Chain, depth: number): ChainVerdict {
  const { rules } = chain;
  for (let index = 0; index < rules.length; index += 1) {
    const rule = rules[index];
    if (rule === undefined) break;
    const step = stepFor(run, chain, rule, index + 1);
    run.steps.push(step);
    if (!step.matched) continue;
    const verdict = apply(run, rule.target, step, depth);
    if (verdict !== undefined) return verdict;
  }
  return leave;
}

function stepFor(run: Run, chain: Chain, rule: Rule, number: number): RuleStep {
  const failed = firstFailing(rule.matches, run.header, run.backend);
  const { kind, name } = run.table;
  return failed === undefined
    ? { table: kind, tableName: name, chain: chain.name, number, rule, matched: true }
    : { table: kind, tableName: name, chain: chain.name, number, rule, matched: false, failed };
}

/** The verdict of a target; `undefined` when the next rule is looked at. */
function apply(run: Run, target: Target, step: RuleStep, depth: number): ChainVerdict | undefined {
  const { header } = run;
  switch (target.kind) {
    case 'ACCEPT':
      return accept;
    case 'DROP':
      return { kind: 'drop', step };
    case 'RETURN':
      return leave;
    case 'jump':
      return jump(run, target.chain, depth);
    case 'REDIRECT':
      return { kind: 'redirect', port: target.port };
    case 'TPROXY':
      header.mark = ((header.mark & ~target.mask) | target.mark) >>> 0;
      return { kind: 'tproxy', port: target.port };
    case 'MARK':
      header.mark = ((header.mark & ~target.mask) ^ target.value) >>> 0;
      return undefined;
    case 'CONNMARK':
      if (target.action === 'save') header.connmark = header.mark;
      else header.mark = header.connmark;
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
