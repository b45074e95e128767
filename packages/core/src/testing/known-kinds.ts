import { judgedKinds, kindReaders } from '../resources';

/** A kind of which objects are decoded or judged, and the API groups that it may be of. */
export interface KnownKind {
  readonly kind: string;
  readonly groups: readonly string[];
}

/** The kinds that are decoded or judged; a source has to read them all. */
export function knownKinds(): readonly KnownKind[] {
  const found = new Map<string, KnownKind>();
  for (const [kind, { groups }] of kindReaders) found.set(kind, { kind, groups });
  for (const [kind, { group }] of judgedKinds) found.set(kind, { kind, groups: [group] });
  return [...found.values()];
}
