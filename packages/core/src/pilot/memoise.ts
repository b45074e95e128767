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
