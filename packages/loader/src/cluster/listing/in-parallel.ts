/**
 * Runs a task for each item, so many at once. When one fails the others are aborted, and the first reason is thrown.
 */
export async function inParallel<T>(
  items: readonly T[],
  atOnce: number,
  signal: AbortSignal | undefined,
  run: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  const either = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  const rest = items[Symbol.iterator]();
  const work = async () => {
    for (const item of rest) {
      either.throwIfAborted();
      await run(item, either);
    }
  };
  const workers = Array.from({ length: Math.min(atOnce, items.length) }, work);
  try {
    await Promise.all(workers);
  } catch (error) {
    stop.abort(error);
    await Promise.allSettled(workers);
    signal?.throwIfAborted();
    throw error;
  }
}
