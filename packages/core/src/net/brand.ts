/** A string or number that only its parse function makes. */
export type Brand<T, B extends string> = T & { readonly __brand: B };
