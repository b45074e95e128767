import type { Chain, Hook, Match, Rule, Table, TableName } from '../model';

/** Where a target or match may stand (`xt_target.table`, `.hooks`; `xt_owner.c`, `xt_REDIRECT.c`, `xt_TPROXY.c`, `xt_CT.c`). */
interface Limits {
  readonly table?: TableName;
  readonly hooks?: readonly Hook[];
}

const targetLimits: ReadonlyMap<string, Limits> = new Map<string, Limits>([
  ['REDIRECT', { table: 'nat', hooks: ['PREROUTING', 'OUTPUT'] }],
  ['TPROXY', { table: 'mangle', hooks: ['PREROUTING'] }],
  ['CT', { table: 'raw' }],
]);
const ownerHooks: readonly Hook[] = ['OUTPUT', 'POSTROUTING'];

const isOwner = ({ kind }: Match) => kind === 'owner-uid' || kind === 'owner-gid';

const invalid = 'RULE_APPEND failed (Invalid argument)';

/** What the kernel says of a rule wherever its chain is called from. */
function refusedAnywhere(table: Table, rule: Rule): string | undefined {
  const { target } = rule;
  const limits = targetLimits.get(target.kind);
  if (limits?.table !== undefined && limits.table !== table.kind) return invalid;
  if (target.kind === 'DROP' && table.kind === 'nat') {
    return 'the "nat" table is not intended for filtering, the use of DROP is therefore inhibited';
  }
  if (target.kind !== 'jump') return undefined;
  const called = table.chains.find(({ name }) => name === target.chain);
  return called?.base === undefined ? undefined : invalid;
}

function refusedAt(hook: Hook, rule: Rule): string | undefined {
  const { hooks } = targetLimits.get(rule.target.kind) ?? {};
  if (hooks !== undefined && !hooks.includes(hook)) return invalid;
  return rule.matches.some(isOwner) && !ownerHooks.includes(hook) ? invalid : undefined;
}

/** Deepest chain of jumps (`NFT_JUMP_STACK_SIZE`). */
const depthLimit = 16;

export interface HookProblem {
  readonly rule: Rule;
  readonly message: string;
}

interface Visit {
  readonly table: Table;
  readonly hook: Hook;
  readonly chains: ReadonlyMap<string, Chain>;
  readonly seen: Set<string>;
}

/** Follows jumps from a base chain: `nf_tables_api.c:nft_chain_validate`. */
function problemBelow(
  visit: Visit,
  chain: Chain,
  path: readonly string[],
): HookProblem | undefined {
  const key = `${path.length} ${chain.name}`;
  if (visit.seen.has(key)) return undefined;
  visit.seen.add(key);
  for (const rule of chain.rules) {
    const message = refusedAt(visit.hook, rule);
    if (message !== undefined) return { rule, message };
    if (rule.target.kind !== 'jump') continue;
    const next = visit.chains.get(rule.target.chain);
    if (next === undefined) continue;
    if (path.includes(next.name) || path.length >= depthLimit) {
      return { rule, message: 'RULE_APPEND failed (Too many links)' };
    }
    const problem = problemBelow(visit, next, [...path, next.name]);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** The first rule that the kernel does not take because of the table or hook that it is reached from. */
export function hookProblem(table: Table): HookProblem | undefined {
  for (const rule of table.chains.flatMap(chain => chain.rules)) {
    const message = refusedAnywhere(table, rule);
    if (message !== undefined) return { rule, message };
  }
  const chains = new Map(table.chains.map(chain => [chain.name, chain]));
  for (const chain of table.chains) {
    if (chain.base === undefined) continue;
    const visit = { table, hook: chain.base.hook, chains, seen: new Set<string>() };
    const problem = problemBelow(visit, chain, [chain.name]);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
