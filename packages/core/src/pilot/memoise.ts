/** A function whose answer for a name is made once. */
export function memoise<T>(make: (name: string) => T): (name: string) => T {
  const made = new Map<string, { readonly value: T }>();
  return name => {
    const known = made.get(name);
    if (known !== undefined) return known.value;
    const value = make(name);
    made.set(name, { value });
    return value;
  };
}

/** A function whose answer for an object is kept with that object. */
export function keepWith<K extends object, T>(make: (key: K) => T): (key: K) => T {
  const kept = new WeakMap<K, { readonly value: T }>();
  return key => {
    const known = kept.get(key);
    if (known !== undefined) return known.value;
    const value = make(key);
    kept.set(key, { value });
    return value;
  };
}
