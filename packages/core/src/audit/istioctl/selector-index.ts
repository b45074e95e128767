import type { Labels } from '../../resources';

/** True when every label of `selector` is in `labels`. An empty selector selects everything. */
export function selects(selector: Labels, labels: Labels): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

/** `a=1,b=2`, keys sorted, as Kubernetes prints a selector made from labels. */
export function formatSelector(selector: Labels): string {
  return Object.keys(selector)
    .sort()
    .map(key => `${key}=${selector[key]}`)
    .join(',');
}

/** Finds labelled things by selector without looking at all of them. */
export interface SelectorIndex<T> {
  readonly select: (selector: Labels) => readonly T[];
}

export function indexByLabels<T>(
  items: readonly T[],
  labelsOf: (item: T) => Labels,
): SelectorIndex<T> {
  const postings = new Map<string, T[]>();
  for (const item of items) {
    for (const [key, value] of Object.entries(labelsOf(item))) {
      const posting = postings.get(`${key}=${value}`);
      if (posting === undefined) postings.set(`${key}=${value}`, [item]);
      else posting.push(item);
    }
  }
  const shortest = (selector: Labels): readonly T[] =>
    Object.entries(selector)
      .map(([key, value]) => postings.get(`${key}=${value}`) ?? [])
      .reduce<readonly T[]>(
        (best, posting) => (posting.length < best.length ? posting : best),
        items,
      );
  return {
    select: selector => shortest(selector).filter(item => selects(selector, labelsOf(item))),
  };
}
