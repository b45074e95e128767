import type { Change } from '../store';
import type { CollectionRequest } from './collection-request';
import { presentedObject } from './presented-object';
import { bookmarkAt, type WatchEvent, watchEventOf } from './watch-event';
import { type WatchPlan, watchExpired } from './watch-plan';

/** Where the events of a watch go. */
export interface WatchSink {
  send(event: WatchEvent): void;
  /** Ends the answer in order. */
  end(): void;
}

/** A watch that is on. */
export interface Watch {
  /** Says how far the watch has come, where it asked for bookmarks. */
  bookmark(): void;
  /** Tells the client that its version is too old, and ends. */
  expire(): void;
  /** Tells nothing any more. */
  stop(): void;
}

/** Ends a watch after a time, with a bookmark before (apiserver `cacheWatcher.nextBookmarkTime`). */
function endAfter(seconds: number | undefined, end: () => void): () => void {
  if (seconds === undefined) return () => undefined;
  const timer = setTimeout(end, seconds * 1000);
  return () => clearTimeout(timer);
}

/** Starts a watch: first what it missed, then what happens. */
export function watch(request: CollectionRequest, plan: WatchPlan, sink: WatchSink): Watch {
  const { store, resource, namespace, version } = request;
  const presentation = { resource, version };
  const inside = (change: Change) => namespace === undefined || change.namespace === namespace;
  let stopped = false;

  // a watch from the future is told nothing until it has come so far (apiserver `cacheWatcher.process`)
  const isDue = (at: number) => at > (plan.since ?? 0);
  const tell = (change: Change) => {
    const event =
      inside(change) && isDue(change.version)
        ? watchEventOf(change, plan.test, presentation)
        : undefined;
    if (event !== undefined && !stopped) sink.send(event);
  };
  const bookmark = () => {
    if (plan.bookmarks && !stopped && isDue(store.version()))
      sink.send(bookmarkAt(store.version(), presentation));
  };
  const finish = () => {
    stop();
    sink.end();
  };
  const stopListening = store.onResourceChange(resource, tell);
  const cancelTimeout = endAfter(plan.timeoutSeconds, () => {
    bookmark();
    finish();
  });
  const stop = () => {
    stopped = true;
    stopListening();
    cancelTimeout();
  };
  const expire = () => {
    if (stopped) return;
    sink.send({ type: 'ERROR', object: watchExpired(plan.since ?? 0, store.version()) });
    finish();
  };

  const { since } = plan;
  if (since === undefined) {
    for (const { key, object } of store.entries(resource, store.version())) {
      if (namespace !== undefined && !key.startsWith(`${namespace}/`)) continue;
      if (stopped || !plan.test(object)) continue;
      sink.send({ type: 'ADDED', object: presentedObject(object, resource, version) });
    }
  } else if (since < store.compacted()) {
    expire();
  } else {
    store.changesAfter(resource, since).forEach(tell);
  }
  return { bookmark, expire, stop };
}
