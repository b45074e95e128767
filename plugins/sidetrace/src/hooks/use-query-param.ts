import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/** A value of the view that is part of its URL, so that the view can be shared. Empty values leave the URL. */
export function useQueryParam(name: string): readonly [string, (value: string) => void] {
  const [params, setParams] = useSearchParams();
  const set = useCallback(
    (value: string) =>
      setParams(
        before => {
          const after = new URLSearchParams(before);
          if (value === '') after.delete(name);
          else after.set(name, value);
          return after;
        },
        { replace: true },
      ),
    [name, setParams],
  );
  return [params.get(name) ?? '', set];
}
