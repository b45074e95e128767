import { groupPath, type ServedKind } from '../kinds';

/** One list: a kind, everywhere or in one namespace, all objects or the one with a name. */
export interface ListTarget {
  readonly kind: ServedKind;
  readonly namespace?: string;
  readonly name?: string;
}

/** `/apis/networking.istio.io/v1/namespaces/shop/sidecars`. */
export function pathOf({ kind, namespace }: ListTarget): string {
  const { group, plural } = kind.kind;
  const place = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return `${groupPath(group, kind.version)}${place}/${plural}`;
}

/** A list of one name needs a permission for this name only. */
export const queryOf = ({ name }: ListTarget): Readonly<Record<string, string>> =>
  name === undefined ? {} : { fieldSelector: `metadata.name=${name}` };

/** Tells lists apart. */
export const targetKey = ({ kind, namespace = '', name = '' }: ListTarget): string =>
  [kind.kind.group, kind.kind.kind, namespace, name].join('/');

/** The lists that show a kind: one, or one of each namespace. */
export function targetsOf(
  kind: ServedKind,
  namespaces: readonly string[] | undefined,
): readonly ListTarget[] {
  if (namespaces === undefined || !kind.kind.isNamespaced) return [{ kind }];
  return namespaces.map(namespace => ({ kind, namespace }));
}
