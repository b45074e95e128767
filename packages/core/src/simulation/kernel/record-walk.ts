import type { HookStep, RuleStep, Target, Walk } from '../../netfilter';
import type { Recorder } from '../record/recorder';
import type { Candidate, Step } from '../trace';
import { describeMatch } from './describe-match';

function targetText(target: Target): string {
  switch (target.kind) {
    case 'jump':
      return `jump ${target.chain}`;
    case 'REDIRECT':
      return `REDIRECT to port ${target.port}`;
    case 'TPROXY':
      return `TPROXY to port ${target.port}`;
    case 'MARK':
      return `MARK ${target.value}`;
    default:
      return target.kind;
  }
}

function passedOver({ number, rule, failed }: RuleStep): Candidate {
  return {
    name: `rule ${number}: ${rule.text}`,
    matched: [],
    failed: failed === undefined ? [] : [describeMatch(failed)],
    ...(rule.origin !== undefined && { origin: rule.origin }),
  };
}

function ruleStep(step: RuleStep, before: readonly RuleStep[], hook: string): Step {
  const { rule, table, chain, number } = step;
  const target = targetText(rule.target);
  const why = rule.matches.map(describeMatch).join(', ');
  return {
    kind: 'netfilter-rule',
    lane: 'kernel',
    hook,
    title: `${table} ${chain} rule ${number}: ${target}`,
    rule: {
      table,
      chain,
      number,
      text: rule.text,
      target,
      why: why === '' ? 'has no condition' : why,
    },
    ...(before.length > 0 && { candidates: before.map(passedOver) }),
    ...(rule.origin !== undefined && { origin: rule.origin }),
  };
}

function recordHook(recorder: Recorder, hook: HookStep): void {
  const device = hook.iif === undefined ? ` to ${hook.oif ?? ''}` : ` from ${hook.iif}`;
  const nat = hook.nat ? '' : ', nat is not consulted';
  const before = { source: hook.source, destination: hook.destination, port: hook.port };
  recorder.step({
    kind: 'netfilter-hook',
    lane: 'kernel',
    hook: hook.hook,
    title: `${hook.hook}${device}${nat}`,
    before,
  });
  let skipped: RuleStep[] = [];
  for (const step of hook.rules) {
    if (step.matched) {
      const own = skipped.filter(other => other.chain === step.chain && other.table === step.table);
      recorder.step(ruleStep(step, own, hook.hook));
      skipped = [];
    } else {
      skipped.push(step);
    }
  }
  if (hook.rewritten === undefined) return;
  const { destination, port } = hook.rewritten;
  recorder.step({
    kind: 'redirect',
    lane: 'kernel',
    hook: hook.hook,
    title: `destination ${hook.destination}:${hook.port} becomes ${destination}:${port}`,
    before,
    after: { source: hook.source, destination, port },
  });
}

/** Writes a packet's way through the kernel into the trace: each hook, each rule that matched with those before it. */
export function recordWalk(recorder: Recorder, walk: Walk): void {
  for (const hook of walk.hooks) recordHook(recorder, hook);
}
