import type { JsonObject } from '../json-object';

interface Revision {
  readonly version: number;
  readonly object: JsonObject | undefined;
}

/** An object and the key by which a list orders it. */
export interface Entry {
  readonly key: string;
  readonly object: JsonObject;
}

/** All objects of one resource, with every state they had. */
export interface Collection {
  get(key: string, version?: number): JsonObject | undefined;
  set(key: string, version: number, object: JsonObject | undefined): void;
  /** Forgets what came after a version. */
  rewind(version: number): void;
  /** As it was at a version, in the order of keys, from after a key on. */
  entries(version: number, after?: string): Iterable<Entry>;
}

/** `namespace/name`, as etcd's keys are ordered: `/registry/pods/<namespace>/<name>`. */
export const keyOf = (namespace: string, name: string): string => `${namespace}/${name}`;

/** Index of the first key after one. */
function firstAfter(keys: readonly string[], after: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] ?? '') <= after) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function createCollection(): Collection {
  const revisions = new Map<string, Revision[]>();
  let sorted: readonly string[] | undefined;

  const at = (key: string, version: number) =>
    revisions.get(key)?.findLast(revision => revision.version <= version)?.object;

  return {
    get: (key, version = Number.POSITIVE_INFINITY) => at(key, version),
    set(key, version, object) {
      const known = revisions.get(key);
      if (known === undefined) sorted = undefined;
      revisions.set(key, [...(known ?? []), { version, object }]);
    },
    rewind(version) {
      for (const [key, known] of revisions) {
        revisions.set(
          key,
          known.filter(revision => revision.version <= version),
        );
      }
    },
    *entries(version, after) {
      sorted ??= [...revisions.keys()].sort((a, b) => (a < b ? -1 : 1));
      for (const key of sorted.slice(after === undefined ? 0 : firstAfter(sorted, after))) {
        const object = at(key, version);
        if (object !== undefined) yield { key, object };
      }
    },
  };
}
