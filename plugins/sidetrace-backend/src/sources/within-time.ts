/** A time that ran out, as `AbortSignal.timeout` names it. */
export const isTimeout = (error: unknown): boolean =>
  error instanceof Error && error.name === 'TimeoutError';

/**
 * Does work with a signal that is aborted with another one or, by a `TimeoutError`, after a time.
 *
 * `AbortSignal.any([signal, AbortSignal.timeout(ms)])` does not: Node 20 holds the signals that it is made of weakly, so
 * that a timeout which nobody else holds may be collected before its time, and the limit never comes.
 */
export async function withinTime<T>(
  ms: number,
  signal: AbortSignal,
  work: (limited: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const end = () => stop.abort(signal.reason);
  const timer = setTimeout(() => {
    stop.abort(new DOMException(`not done within ${ms} ms`, 'TimeoutError'));
  }, ms);
  timer.unref();
  if (signal.aborted) end();
  signal.addEventListener('abort', end, { once: true });
  try {
    return await work(stop.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}
