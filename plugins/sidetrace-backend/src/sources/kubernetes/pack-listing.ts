import type { MeshOptions, RawResource } from '@sidetrace/core';
import type { ClusterListing } from '@sidetrace/loader/cluster';
import { type PackedSnapshot, packSnapshot } from '../../store/snapshot-digest';
import { stableObject } from './stable-object';

const textAt = (value: unknown, ...path: readonly string[]): string => {
  let found: unknown = value;
  for (const key of path) {
    found =
      typeof found === 'object' && found !== null && Object.hasOwn(found, key)
        ? Reflect.get(found, key)
        : undefined;
  }
  return typeof found === 'string' ? found : '';
};

/** `Service shop/web`: unique in a cluster but for kinds of the same name. */
const keyOf = (value: unknown): string =>
  [
    textAt(value, 'kind'),
    textAt(value, 'metadata', 'namespace'),
    textAt(value, 'metadata', 'name'),
    textAt(value, 'apiVersion'),
  ].join('\0');

/** Objects in a fixed order: lists and watches give them in different ones. */
function inOrder(resources: readonly RawResource[]): readonly RawResource[] {
  const keyed = resources.map(({ value, source }) => {
    const stable = stableObject(value);
    return { key: keyOf(stable), resource: { value: stable, source } };
  });
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return keyed.map(({ resource }) => resource);
}

/** A snapshot of what a cluster holds; the same one for the same state, however it was read. */
export function packListing(
  { resources, issues, unreadKinds }: ClusterListing,
  options: MeshOptions,
): Promise<PackedSnapshot> {
  return packSnapshot({
    resources: inOrder(resources),
    issues,
    options: {
      ...options,
      ...(unreadKinds.length === 0 ? {} : { unreadKinds: [...unreadKinds].sort() }),
    },
  });
}
