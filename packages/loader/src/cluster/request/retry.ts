import { setTimeout as sleep } from 'node:timers/promises';
import { ApiFailure } from './api-failure';

/** How patiently a cluster is read: how often what fails in passing is tried again, and when it is looked at anew. */
export interface Pace {
  /** Tries in all. */
  readonly tries: number;
  /** Wait before the second try; each further wait is twice as long. */
  readonly firstMs: number;
  /** No wait of the reader's own is longer. */
  readonly longestMs: number;
  /** After this time in all nothing is tried again, whatever `Retry-After` says. */
  readonly totalMs: number;
  /** Lists that may not be read or watched are looked at again after so long. */
  readonly againMs: number;
  /** A list that is followed and of which nothing came for so long, not even a bookmark, is read anew. */
  readonly silentMs: number;
}

/**
 * About as patient as client-go's reflector, but bounded. Bookmarks come about each minute where the API server knows
 * that time passed (apiserver `storage/cacher/cacher.go`); of a quiet kind etcd tells it every ten minutes at least
 * (`--experimental-watch-progress-notify-interval`).
 */
export const patient: Pace = {
  tries: 6,
  firstMs: 500,
  longestMs: 10_000,
  totalMs: 120_000,
  againMs: 60_000,
  silentMs: 660_000,
};

/** The wait before the try after `tried` failures: doubled each time up to a cap, of which a random half is left out. */
export function backoffMs({ firstMs, longestMs }: Pace, tried: number): number {
  const full = Math.min(longestMs, firstMs * 2 ** Math.min(tried - 1, 30));
  return full / 2 + (Math.random() * full) / 2;
}

/** Waits; rejects with the reason of the signal when it is aborted. */
export async function waitFor(ms: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  try {
    await sleep(ms, undefined, { ...(signal === undefined ? {} : { signal }) });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

/**
 * Runs a request until it succeeds, fails for good, or the pace is used up: 429, 5xx and lost connections are tried
 * again after `Retry-After` or a growing wait, as client-go does (`rest/with_retry.go`).
 */
export async function retry<T>(
  request: () => Promise<T>,
  pace: Pace,
  signal: AbortSignal | undefined,
): Promise<T> {
  const end = Date.now() + pace.totalMs;
  for (let tried = 1; ; tried += 1) {
    signal?.throwIfAborted();
    try {
      return await request();
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof ApiFailure) || !error.isPassing || tried >= pace.tries) throw error;
      const wait = error.retryAfterMs ?? backoffMs(pace, tried);
      if (Date.now() + wait > end) throw error;
      await waitFor(wait, signal);
    }
  }
}
