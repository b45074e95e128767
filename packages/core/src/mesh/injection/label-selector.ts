import type { LabelSelector, Labels } from '../../resources';

type Requirement = (labels: Labels) => boolean;

/** A selector that Kubernetes accepts; `empty` selects everything but the injector skips it. */
export type CompiledSelector =
  | { readonly kind: 'selector'; readonly empty: boolean; readonly matches: Requirement }
  | { readonly kind: 'invalid'; readonly why: string };

const namePattern = /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/;
const domainPattern = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/**
 * Compiles a selector as apimachinery's `metav1.LabelSelectorAsSelector`: every requirement must hold; `NotIn` holds for
 * labels that are absent; an unknown operator, a missing or superfluous value list and a malformed key or value are invalid.
 */
export function compileSelector(selector: LabelSelector): CompiledSelector {
  const expressions = [
    ...Object.entries(selector.matchLabels ?? {}).map(([key, value]) => ({
      key,
      operator: 'In',
      values: [value],
    })),
    ...(selector.matchExpressions ?? []),
  ];
  const requirements: Requirement[] = [];
  for (const expression of expressions) {
    const requirement = compileExpression(expression);
    if (typeof requirement === 'string') return { kind: 'invalid', why: requirement };
    requirements.push(requirement);
  }
  return {
    kind: 'selector',
    empty: requirements.length === 0,
    matches: labels => requirements.every(requirement => requirement(labels)),
  };
}

function compileExpression(expression: {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}): Requirement | string {
  const { key, operator } = expression;
  const values = expression.values ?? [];
  if (!isLabelKey(key)) return `label key \`${key}\` is not valid`;
  const badValue = values.find(value => !isLabelValue(value));
  if (badValue !== undefined) return `label value \`${badValue}\` is not valid`;
  switch (operator) {
    case 'In':
      return values.length === 0
        ? 'operator `In` needs values'
        : labels => Object.hasOwn(labels, key) && values.includes(labels[key] ?? '');
    case 'NotIn':
      return values.length === 0
        ? 'operator `NotIn` needs values'
        : labels => !(Object.hasOwn(labels, key) && values.includes(labels[key] ?? ''));
    case 'Exists':
    case 'DoesNotExist':
      return values.length > 0
        ? `operator \`${operator}\` takes no values`
        : labels => Object.hasOwn(labels, key) === (operator === 'Exists');
    default:
      return `operator \`${operator}\` is not one of In, NotIn, Exists, DoesNotExist`;
  }
}

function isLabelKey(key: string): boolean {
  const parts = key.split('/');
  const [name = '', prefix] = parts.reverse();
  const prefixIsFine = prefix === undefined || (prefix.length <= 253 && domainPattern.test(prefix));
  return parts.length <= 2 && prefixIsFine && name.length <= 63 && namePattern.test(name);
}

function isLabelValue(value: string): boolean {
  return value === '' || (value.length <= 63 && namePattern.test(value));
}
