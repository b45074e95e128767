import type { Mesh } from './mesh';

interface Entry {
  readonly inputs: readonly unknown[];
  readonly value: unknown;
}
type Store = Map<object, Entry>;

const stores = new WeakMap<Mesh, { readonly own: Store; readonly inherited: Store }>();

const same = (a: readonly unknown[], b: readonly unknown[]) =>
  a.length === b.length && a.every((item, i) => item === b[i]);

function storeOf(mesh: Mesh) {
  const known = stores.get(mesh);
  if (known !== undefined) return known;
  const fresh = { own: new Map<object, Entry>(), inherited: new Map<object, Entry>() };
  stores.set(mesh, fresh);
  return fresh;
}

/**
 * Something derived from a mesh: made when first asked for, kept as long as the mesh, and taken over by a changed mesh
 * whose inputs to it are the very same objects.
 */
export function derive<T>(
  inputs: (mesh: Mesh) => readonly unknown[],
  build: (mesh: Mesh) => T,
): (mesh: Mesh) => T {
  const key = {};
  return mesh => {
    const { own, inherited } = storeOf(mesh);
    const kept = own.get(key);
    if (kept !== undefined) return kept.value as T;
    const now = inputs(mesh);
    const older = inherited.get(key);
    const entry =
      older !== undefined && same(older.inputs, now) ? older : { inputs: now, value: build(mesh) };
    inherited.delete(key);
    own.set(key, entry);
    return entry.value as T;
  };
}

/** Offers what was derived from `base` to `mesh`: each value is used again if its inputs are unchanged. */
export function inherit(mesh: Mesh, base: Mesh): void {
  const from = storeOf(base);
  stores.set(mesh, { own: new Map(), inherited: new Map([...from.inherited, ...from.own]) });
}

/** A value for each key, made on first use. */
export function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** Adds to the list under `key`. */
export function pushTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** Objects that decide nothing about pods themselves: their specs, addresses, injection, settings and rules. */
const trafficLists: ReadonlySet<string> = new Set<keyof Mesh['resources']>([
  'serviceEntries',
  'sidecars',
  'virtualServices',
  'destinationRules',
  'gateways',
  'endpointSlices',
  'workloadEntries',
  'peerAuthentications',
  'authorizationPolicies',
  'networkPolicies',
]);

/** Inputs of whatever is derived for pods: every list of objects but those that only decide about calls. */
export function podInputs({ resources }: Mesh): readonly unknown[] {
  return Object.entries(resources).flatMap(([name, list]) =>
    trafficLists.has(name) ? [] : [list],
  );
}
