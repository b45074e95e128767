import type { LabelSelector, Labels } from '../resources';

/** True when every pair of `selector` is among `labels`; an empty selector selects all (`pkg/config/labels:SubsetOf`). */
export function labelsMatch(selector: Labels, labels: Labels): boolean {
  return Object.keys(selector).every(
    key => Object.hasOwn(labels, key) && labels[key] === selector[key],
  );
}

export function labelsEqual(a: Labels, b: Labels): boolean {
  return Object.keys(a).length === Object.keys(b).length && labelsMatch(a, b);
}

type Expression = NonNullable<LabelSelector['matchExpressions']>[number];

/** `k8s.io/apimachinery/pkg/labels:Requirement.Matches`; an unknown operator selects nothing. */
function expressionMatches({ key, operator, values = [] }: Expression, labels: Labels): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}

/** A Kubernetes label selector: all its terms hold; an empty one selects everything. */
export function selectorMatches(selector: LabelSelector, labels: Labels): boolean {
  return (
    labelsMatch(selector.matchLabels ?? {}, labels) &&
    (selector.matchExpressions ?? []).every(item => expressionMatches(item, labels))
  );
}
