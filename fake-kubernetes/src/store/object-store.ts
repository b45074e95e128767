import { type JsonObject, objectAt, textAt } from '../json-object';
import { type ApiResource, qualifiedName } from '../resources';
import type { Change } from './change';
import { type Collection, createCollection, type Entry, keyOf } from './collection';
import { atVersion, storedObject } from './stored-object';

/** The objects of a cluster, each state of them, and the log of their changes: what etcd is to an API server. */
export interface ObjectStore {
  /** The resourceVersion of the last write. */
  version(): number;
  /** Versions before this one have been forgotten. */
  compacted(): number;
  put(resource: ApiResource, object: JsonObject): void;
  /** Removes an object; false when there is none. */
  remove(resource: ApiResource, namespace: string, name: string): boolean;
  get(resource: ApiResource, namespace: string, name: string): JsonObject | undefined;
  entries(resource: ApiResource, version: number, after?: string): Iterable<Entry>;
  changesAfter(resource: ApiResource, version: number): readonly Change[];
  /** Forgets every state before the present one (etcd compacts every five minutes). */
  compact(): void;
  /** Goes back to the state of an earlier version, as if nothing had come after it; tells nobody. */
  rewind(version: number): void;
  /** Calls for each change of a resource from now on, until the answer is called. */
  onResourceChange(resource: ApiResource, listener: (change: Change) => void): () => void;
}

/** Where the versions of a store begin: no object of a real cluster has version 1. */
const firstVersion = 1000;

/** A store without objects. */
export function createObjectStore(): ObjectStore {
  const collections = new Map<string, Collection>();
  let log: Change[] = [];
  const listeners = new Set<(change: Change) => void>();
  let current = firstVersion;
  let compacted = 0;

  function collectionOf(resource: ApiResource): Collection {
    const name = qualifiedName(resource);
    const collection = collections.get(name) ?? createCollection();
    collections.set(name, collection);
    return collection;
  }

  function record(change: Change): void {
    log.push(change);
    for (const listener of [...listeners]) listener(change);
  }

  return {
    version: () => current,
    compacted: () => compacted,
    put(resource, object) {
      const metadata = objectAt(object, 'metadata');
      const name = textAt(metadata, 'name') ?? '';
      const namespace = resource.namespaced ? (textAt(metadata, 'namespace') ?? 'default') : '';
      const key = keyOf(namespace, name);
      const collection = collectionOf(resource);
      const previous = collection.get(key);
      const version = ++current;
      const stored = storedObject(resource, object, { namespace, name, version });
      collection.set(key, version, stored);
      const change = { version, resource: qualifiedName(resource), namespace, object: stored };
      record(
        previous === undefined
          ? { kind: 'added', ...change }
          : { kind: 'modified', ...change, previous },
      );
    },
    remove(resource, namespace, name) {
      const key = keyOf(namespace, name);
      const collection = collectionOf(resource);
      const previous = collection.get(key);
      if (previous === undefined) return false;
      const version = ++current;
      collection.set(key, version, undefined);
      record({
        kind: 'deleted',
        version,
        resource: qualifiedName(resource),
        namespace,
        object: atVersion(previous, version),
        previous,
      });
      return true;
    },
    get: (resource, namespace, name) => collectionOf(resource).get(keyOf(namespace, name)),
    entries: (resource, version, after) => collectionOf(resource).entries(version, after),
    changesAfter(resource, version) {
      const name = qualifiedName(resource);
      return log.filter(change => change.version > version && change.resource === name);
    },
    compact() {
      compacted = current;
    },
    rewind(version) {
      for (const collection of collections.values()) collection.rewind(version);
      log = log.filter(change => change.version <= version);
      current = Math.min(current, version);
      compacted = Math.min(compacted, version);
    },
    onResourceChange(resource, listener) {
      const name = qualifiedName(resource);
      const listen = (change: Change) => {
        if (change.resource === name) listener(change);
      };
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
  };
}
