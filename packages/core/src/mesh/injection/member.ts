/** An own member of a map that was read from YAML or JSON; `undefined` when there is none. */
export function member(map: unknown, key: string): unknown {
  if (typeof map !== 'object' || map === null || Array.isArray(map)) return undefined;
  return Object.getOwnPropertyDescriptor(map, key)?.value;
}

/** The member at a dotted path. */
export function memberAt(map: unknown, path: string): unknown {
  return path.split('.').reduce(member, map);
}

/** The texts of a list. */
export function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
}
