import { setTimeout as sleep } from 'node:timers/promises';
import { ApiFailure } from './api-failure';

/** How often and for how long a request that fails in passing is tried again. */
export interface Pace {
  /** Tries in all. */
  readonly tries: number;
  /** Wait before the second try; each further wait is twice as long. */
  readonly firstMs: number;
  /** No wait of the reader's own is longer. */
  readonly longestMs: number;
  /** After this time in all nothing is tried again, whatever `Retry-After` says. */
  readonly totalMs: number;
}

/** About as patient as client-go's reflector, but bounded. */
export const patient: Pace = { tries: 6, firstMs: 500, longestMs: 10_000, totalMs: 120_000 };

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
