import type { RbacCondition, RbacPolicy } from '../../envoy';
import type { Origin } from '../../origin';
import type { AuthorizationRule } from '../../resources';
import {
  operationParts,
  type PartContext,
  type RulePart,
  sourceParts,
  whenParts,
} from './rule-parts';

export interface RuleOptions {
  readonly name: string;
  readonly origin: Origin;
  readonly action: 'ALLOW' | 'DENY';
  /** For a connection, where attributes of requests cannot be asked. */
  readonly forTcp: boolean;
}

const any: RbacCondition = { kind: 'any' };

function alternatives(part: RulePart, values: readonly string[]): RbacCondition | undefined {
  const conditions = values.flatMap(value => part.condition(value) ?? []);
  return conditions.length === 0 ? undefined : { kind: 'one-of', conditions };
}

function conditionsOf(part: RulePart): readonly RbacCondition[] {
  const wanted = alternatives(part, part.values);
  const unwanted = alternatives(part, part.notValues);
  return [
    ...(wanted === undefined ? [] : [wanted]),
    ...(unwanted === undefined ? [] : [{ kind: 'not', condition: unwanted } as const]),
  ];
}

/**
 * All parts together; `undefined` when one cannot be asked of a connection and the rule allows. In a rule that denies such a
 * part is left out, which makes it deny more (`model.go:checkError`).
 */
function allOf(parts: readonly RulePart[], options: RuleOptions): RbacCondition | undefined {
  const askable = parts.filter(({ httpOnly }) => !(httpOnly && options.forTcp));
  if (askable.length < parts.length && options.action === 'ALLOW') return undefined;
  const conditions = askable.flatMap(conditionsOf);
  return conditions.length === 0 ? any : { kind: 'all-of', conditions };
}

/** One of several alternatives; `undefined` when one of them makes the rule void. */
function oneOf(
  alternatives: readonly (readonly RulePart[])[],
  options: RuleOptions,
): RbacCondition | undefined {
  const conditions: RbacCondition[] = [];
  for (const parts of alternatives) {
    const condition = allOf(parts, options);
    if (condition === undefined) return undefined;
    conditions.push(condition);
  }
  return { kind: 'one-of', conditions };
}

/** An Envoy policy for one rule, or none when the rule can never allow a connection (`model.go:Generate`). */
export function generateRule(
  rule: AuthorizationRule,
  context: PartContext,
  options: RuleOptions,
): RbacPolicy | undefined {
  const when = whenParts(rule.when, context);
  const sources = rule.from.length === 0 ? [{}] : rule.from;
  const operations = rule.to.length === 0 ? [{}] : rule.to;
  const principal = oneOf(
    sources.map(source => [...when, ...sourceParts(source, context)]),
    options,
  );
  const permission = oneOf(operations.map(operationParts), options);
  if (principal === undefined || permission === undefined) return undefined;
  return { name: options.name, permission, principal, origin: options.origin };
}
