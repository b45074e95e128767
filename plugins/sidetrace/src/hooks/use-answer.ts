import { useCallback, useEffect, useState } from 'react';

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

/** Asks once for each `ask`; keep it stable with `useCallback`. */
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
  const retry = useCallback(() => {
    setAnswer({ kind: 'loading' });
    setAttempt(count => count + 1);
  }, []);
  return { answer, retry };
}
