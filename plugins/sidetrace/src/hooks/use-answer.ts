import { useCallback, useEffect, useState } from 'react';
import { isUnsettled } from '../presenters/unsettled';

/** How long to wait before an answer that is about to be replaced is asked for again. */
const againMs = 3000;

/** An answer of the backend on its way, there, or failed. While it is asked again the one before stays, as `refreshing`. */
export type Answer<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly value: T; readonly refreshing: boolean }
  | { readonly kind: 'failed'; readonly error: Error };

export interface Asked<T> {
  readonly answer: Answer<T>;
  readonly retry: () => void;
}

const errorOf = (reason: unknown) => (reason instanceof Error ? reason : new Error(String(reason)));

/**
 * Asks once for each `ask`, and again while sources are being read or analysed; keep it stable with `useCallback`.
 */
export function useAnswer<T>(ask: () => Promise<T>): Asked<T> {
  const [answer, setAnswer] = useState<Answer<T>>({ kind: 'loading' });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let current = true;
    setAnswer(before =>
      before.kind === 'ready' ? { ...before, refreshing: true } : { kind: 'loading' },
    );
    ask().then(
      value => current && setAnswer({ kind: 'ready', value, refreshing: false }),
      (reason: unknown) => current && setAnswer({ kind: 'failed', error: errorOf(reason) }),
    );
    return () => {
      current = false;
    };
  }, [ask, attempt]);
  useEffect(() => {
    if (answer.kind !== 'ready' || answer.refreshing || !isUnsettled(answer.value))
      return undefined;
    const timer = setTimeout(() => setAttempt(count => count + 1), againMs);
    return () => clearTimeout(timer);
  }, [answer]);
  const retry = useCallback(() => {
    setAnswer({ kind: 'loading' });
    setAttempt(count => count + 1);
  }, []);
  return { answer, retry };
}
