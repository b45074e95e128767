import type { JsonObject } from '../json-object';
import { type ApiResource, apiVersionOf } from '../resources';
import { atVersion, type Change } from '../store';
import { presentedObject } from './presented-object';

/** One line of a watch. */
export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: JsonObject;
}

/** A watch's version of the objects it presents. */
export interface Presentation {
  readonly resource: ApiResource;
  readonly version: string;
}

/**
 * What a watch with a selector sees of a change: an object that begins to match is added, one that ceases to
 * match is deleted (apiserver `cacheWatcher.convertToWatchEvent`).
 */
export function watchEventOf(
  change: Change,
  test: (object: JsonObject) => boolean,
  { resource, version }: Presentation,
): WatchEvent | undefined {
  const before = change.previous !== undefined && test(change.previous);
  const after = change.kind !== 'deleted' && test(change.object);
  if (!before && !after) return undefined;
  const type = !before ? 'ADDED' : after ? 'MODIFIED' : 'DELETED';
  // what no longer matches is shown as it was when it did
  const object =
    type === 'DELETED' && change.previous !== undefined
      ? atVersion(change.previous, change.version)
      : change.object;
  return { type, object: presentedObject(object, resource, version) };
}

/** An event without an object, which says how far the watch has come. */
export const bookmarkAt = (at: number, { resource, version }: Presentation): WatchEvent => ({
  type: 'BOOKMARK',
  object: {
    kind: resource.kind,
    apiVersion: apiVersionOf(resource.group, version),
    metadata: { resourceVersion: String(at), creationTimestamp: null },
  },
});
