/** Nodes of a value as written, and with every alias replaced by what it stands for. */
interface Size {
  readonly written: number;
  readonly expanded: number;
}

const inProgress = -1;

/** Counts nodes; an alias of a collection is the same object again. `undefined` when a collection contains itself. */
function sizeOf(value: unknown, seen: Map<object, number>): Size | undefined {
  if (typeof value !== 'object' || value === null) return { written: 1, expanded: 1 };
  const known = seen.get(value);
  if (known === inProgress) return undefined;
  if (known !== undefined) return { written: 0, expanded: known };
  seen.set(value, inProgress);
  let written = 1;
  let expanded = 1;
  for (const item of Array.isArray(value) ? value : Object.values(value)) {
    const size = sizeOf(item, seen);
    if (size === undefined) return undefined;
    written += size.written;
    expanded += size.expanded;
  }
  seen.set(value, expanded);
  return { written, expanded };
}

const few = 400_000;
const many = 4_000_000;

/** Share of nodes that may come from aliases (`allowedAliasRatio` of go-yaml, which kubectl and istiod read with). */
function allowedShare(expanded: number): number {
  if (expanded <= few) return 0.99;
  return expanded >= many ? 0.1 : 0.99 - (0.89 * (expanded - few)) / (many - few);
}

/** Why the aliases of a document are refused, `undefined` when they are not. */
export function objectionToAliases(value: unknown): string | undefined {
  const size = sizeOf(value, new Map());
  if (size === undefined) return 'an anchor contains itself';
  const { written, expanded } = size;
  const share = (expanded - written) / expanded;
  return expanded > 100 && share > allowedShare(expanded)
    ? 'document contains excessive aliasing'
    : undefined;
}
