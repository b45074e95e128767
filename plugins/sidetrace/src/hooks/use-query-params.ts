import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/** Several values of the view that are part of its URL and change together. Empty values leave the URL. */
export function useQueryParams(): readonly [
  URLSearchParams,
  (values: Readonly<Record<string, string>>) => void,
] {
  const [params, setParams] = useSearchParams();
  const set = useCallback(
    (values: Readonly<Record<string, string>>) =>
      setParams(
        before => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries(values)) {
            if (value === '') after.delete(name);
            else after.set(name, value);
          }
          return after;
        },
        { replace: true },
      ),
    [setParams],
  );
  return [params, set];
}
