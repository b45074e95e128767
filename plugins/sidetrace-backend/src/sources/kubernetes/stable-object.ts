const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Of metadata: what counts writes, and what the server gave. */
const counters: ReadonlySet<string> = new Set(['resourceVersion', 'generation', 'uid', 'selfLink']);

/** Of a status: what counts and dates what happened, at any depth. */
const isHappening = (key: string): boolean =>
  key === 'observedGeneration' ||
  /^last[A-Z]\w*Time$/.test(key) ||
  /^(?:init|ephemeral)?[cC]ontainerStatuses$/.test(key);

const without = (
  object: Readonly<Record<string, unknown>>,
  isLeftOut: (key: string) => boolean,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(object).filter(([key]) => !isLeftOut(key)));

function stableStatus(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stableStatus);
  if (!isObject(value)) return value;
  const kept = without(value, isHappening);
  return Object.fromEntries(Object.entries(kept).map(([key, item]) => [key, stableStatus(item)]));
}

/**
 * An object of a cluster without what changes though nothing that answers depend on does: heartbeats of nodes, restarts,
 * counters of writes. Otherwise every listing of a cluster would be a snapshot of its own.
 */
export function stableObject(value: unknown): unknown {
  if (!isObject(value)) return value;
  const { metadata, status } = value;
  return {
    ...value,
    ...(isObject(metadata) ? { metadata: without(metadata, key => counters.has(key)) } : {}),
    ...(status === undefined ? {} : { status: stableStatus(status) }),
  };
}
