import { formatObjectRef, type ObjectRef } from '../../origin';
import { type DecodedResources, type Metadata, refOf } from '../../resources';

type ListName = keyof DecodedResources;
interface Item {
  readonly kind: string;
  readonly metadata: Metadata;
}

/** The lists of objects that have a kind and metadata: all but the mesh configurations. */
export const objectLists = [
  'namespaces',
  'services',
  'endpointSlices',
  'pods',
  'workloads',
  'serviceEntries',
  'workloadEntries',
  'sidecars',
  'virtualServices',
  'destinationRules',
  'gateways',
  'peerAuthentications',
  'authorizationPolicies',
  'proxyConfigs',
  'networkPolicies',
  'other',
] as const satisfies readonly ListName[];
export type ObjectList = (typeof objectLists)[number];

const keyOf = (item: Item) => formatObjectRef(refOf(item));

/** What a cluster keeps when an object is applied again: when it was created. */
function keepCreation<T extends Item>(added: T, existing: T): T {
  const { creationTimestamp } = existing.metadata;
  return added.metadata.creationTimestamp !== undefined || creationTimestamp === undefined
    ? added
    : { ...added, metadata: { ...added.metadata, creationTimestamp } };
}

/** The list with these objects in place of their namesakes; the same list when there are none. */
function replaceIn<T extends Item>(items: readonly T[], added: readonly T[]): readonly T[] {
  if (added.length === 0) return items;
  const byKey = new Map(added.map(item => [keyOf(item), item] as const));
  const kept = items.map(item => {
    const replacement = byKey.get(keyOf(item));
    if (replacement === undefined) return item;
    byKey.delete(keyOf(item));
    return keepCreation(replacement, item);
  });
  return [...kept, ...byKey.values()];
}

function removeFrom<T extends Item>(items: readonly T[], key: string): readonly T[] {
  const kept = items.filter(item => keyOf(item) !== key);
  return kept.length === items.length ? items : kept;
}

function mapLists(
  resources: DecodedResources,
  edit: <T extends Item>(items: readonly T[], list: ObjectList) => readonly T[],
): DecodedResources {
  const edited = objectLists.map(list => [list, edit<Item>(resources[list], list)] as const);
  return { ...resources, ...Object.fromEntries(edited) };
}

/** `resources` with the objects of `added` in place of their namesakes. Lists without a change stay the same list. */
export function applyResources(
  resources: DecodedResources,
  added: DecodedResources,
): DecodedResources {
  const merged = mapLists(
    resources,
    (items, list) => replaceIn<Item>(items, added[list]) as typeof items,
  );
  if (added.meshConfigs.length === 0) return merged;
  const replaced = new Set(added.meshConfigs.map(({ object }) => formatObjectRef(object)));
  const kept = resources.meshConfigs.filter(({ object }) => !replaced.has(formatObjectRef(object)));
  return { ...merged, meshConfigs: [...kept, ...added.meshConfigs] };
}

/** `resources` without the object; as they are when it is not among them. */
export function removeObject(resources: DecodedResources, object: ObjectRef): DecodedResources {
  const key = formatObjectRef(object);
  const others = mapLists(resources, items => removeFrom(items, key));
  const meshConfigs = resources.meshConfigs.filter(item => formatObjectRef(item.object) !== key);
  return meshConfigs.length === resources.meshConfigs.length ? others : { ...others, meshConfigs };
}
