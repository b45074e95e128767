import type { CompiledBase, CompiledChain, CompiledRule } from './compile-tables';
import type { Header } from './header';
import type { RuleStep } from './walk';

/** What a table did to a packet. */
export type TableVerdict =
  | { readonly kind: 'accept' }
  | { readonly kind: 'drop'; readonly step?: RuleStep }
  | { readonly kind: 'redirect'; readonly port: number; readonly lastPort: number }
  | { readonly kind: 'tproxy'; readonly port: number };

/** `return`: the chain was left by RETURN or at its end, the caller goes on after the jump. */
type ChainVerdict = TableVerdict | { readonly kind: 'return' };

/** The kernel does not load a deeper rule set (`NFT_JUMP_STACK_SIZE`). */
const depthLimit = 16;

const accept = { kind: 'accept' } as const;
const leave = { kind: 'return' } as const;

/** Runs a base chain to its verdict; the policy answers where no rule does. */
export function runBaseChain(base: CompiledBase, header: Header, steps: RuleStep[]): TableVerdict {
  const verdict = runChain(base.chain, header, steps, 0);
  if (verdict.kind !== 'return') return verdict;
  return base.policy === 'DROP' ? { kind: 'drop' } : accept;
}

function runChain(
  { rules }: CompiledChain,
  header: Header,
  steps: RuleStep[],
  depth: number,
): ChainVerdict {
  for (const rule of rules) {
    if (!looksAt(rule, header, steps)) continue;
    const verdict = apply(rule, header, steps, depth);
    if (verdict !== undefined) return verdict;
  }
  return leave;
}

/** Does the rule match; either way there is a step. */
function looksAt({ checks, failed, matched }: CompiledRule, header: Header, steps: RuleStep[]) {
  for (let index = 0; index < checks.length; index += 1) {
    if (checks[index]?.(header) === true) continue;
    const step = failed[index];
    if (step !== undefined) steps.push(step);
    return false;
  }
  steps.push(matched);
  return true;
}

/** The verdict of a target; `undefined` when the next rule is looked at. */
function apply(
  { target, jump, matched }: CompiledRule,
  header: Header,
  steps: RuleStep[],
  depth: number,
): ChainVerdict | undefined {
  switch (target.kind) {
    case 'ACCEPT':
      return accept;
    case 'DROP':
      return { kind: 'drop', step: matched };
    case 'RETURN':
      return leave;
    case 'jump': {
      if (jump === undefined || depth >= depthLimit) return undefined;
      const verdict = runChain(jump, header, steps, depth + 1);
      return verdict.kind === 'return' ? undefined : verdict;
    }
    case 'REDIRECT':
      return { kind: 'redirect', port: target.port, lastPort: target.lastPort ?? target.port };
    case 'TPROXY':
      header.mark = ((header.mark & ~target.mask) ^ target.mark) >>> 0;
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
