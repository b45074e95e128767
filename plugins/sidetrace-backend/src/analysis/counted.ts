import type { NamedCount } from '@sidetrace/backstage-plugin-sidetrace-common';

/** Names with how often they come, most first. */
export function counted(names: Iterable<string>): readonly NamedCount[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return named(counts);
}

export const named = (counts: ReadonlyMap<string, number>): readonly NamedCount[] =>
  [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
