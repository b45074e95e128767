import type { JsonObject } from '../json-object';
import { badRequest, expiredStatus, invalidOption, type Reply } from '../reply';
import { selectionOf } from '../selectors';
import { type CollectionRequest, flagOf, numberOf } from './collection-request';

/** What a watch is asked for. */
export interface WatchPlan {
  readonly kind: 'plan';
  /** The version after which changes are told; undefined to begin with the present state. */
  readonly since?: number;
  readonly bookmarks: boolean;
  /** Undefined when the watch is not to end by itself. */
  readonly timeoutSeconds?: number;
  readonly test: (object: JsonObject) => boolean;
}

type Planned = WatchPlan | { readonly kind: 'refused'; readonly reply: Reply };

const refused = (reply: Reply): Planned => ({ kind: 'refused', reply });

/** Reads the query of a watch, or says why it is refused (apimachinery `ValidateListOptions`). */
export function watchPlanOf({ resource, query }: CollectionRequest): Planned {
  const selection = selectionOf(query, resource.kind);
  if (selection.kind === 'refused') return refused(badRequest(selection.message));
  if (query.has('sendInitialEvents')) {
    return refused(
      invalidOption(
        'sendInitialEvents',
        'sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled',
      ),
    );
  }
  if (query.has('resourceVersionMatch')) {
    return refused(
      invalidOption(
        'resourceVersionMatch',
        'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
      ),
    );
  }
  const since = numberOf(query, 'resourceVersion');
  if (Number.isNaN(since)) {
    return refused(badRequest(`invalid resource version: "${query.get('resourceVersion')}"`));
  }
  const timeoutSeconds = numberOf(query, 'timeoutSeconds');
  return {
    kind: 'plan',
    ...(since ? { since } : {}),
    bookmarks: flagOf(query, 'allowWatchBookmarks'),
    ...(timeoutSeconds ? { timeoutSeconds } : {}),
    test: selection.test,
  };
}

/** What a watch is told in an ERROR event when it asks for versions that are forgotten (apiserver `watch_cache.go`). */
export const watchExpired = (since: number, oldest: number): JsonObject =>
  expiredStatus(`too old resource version: ${since} (${oldest})`);
