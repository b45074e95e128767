import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** The width of an element, before the first paint and whenever it changes; `undefined` where nothing is laid out. */
export function useElementWidth<T extends HTMLElement>(): readonly [
  RefObject<T>,
  number | undefined,
] {
  const element = useRef<T>(null);
  const [width, setWidth] = useState<number>();
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null || typeof ResizeObserver === 'undefined') return undefined;
    const measure = () => setWidth(current.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return [element, width];
}
