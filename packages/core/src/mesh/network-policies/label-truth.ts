import type { LabelSelector, Labels } from '../../resources';
import { selectorMatches } from '../labels';

/** Labels as far as the input says them. */
export interface KnownLabels {
  readonly labels: Labels;
  /** True for a key that may be set although it is not among `labels`. */
  readonly isOpen: (key: string) => boolean;
}

/** `undefined`: the answer depends on a label that the input does not say. */
export type Truth = boolean | undefined;

/** All of them; false outweighs what is not known. */
export function every(all: readonly Truth[]): Truth {
  if (all.includes(false)) return false;
  return all.includes(undefined) ? undefined : true;
}

/** A Kubernetes label selector, requirement by requirement; one on a label that may be set elsewhere is not known. */
export function selectorTruth(selector: LabelSelector, { labels, isOpen }: KnownLabels): Truth {
  const requirements = [
    ...Object.entries(selector.matchLabels ?? {}).map(([key, value]) => ({
      key,
      selector: { matchLabels: { [key]: value } },
    })),
    ...(selector.matchExpressions ?? []).map(item => ({
      key: item.key,
      selector: { matchExpressions: [item] },
    })),
  ];
  return every(
    requirements.map(({ key, selector: one }) =>
      !Object.hasOwn(labels, key) && isOpen(key) ? undefined : selectorMatches(one, labels),
    ),
  );
}
