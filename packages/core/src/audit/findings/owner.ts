import { findWorkload, type Mesh, type WorkloadRef } from '../../mesh';
import type { ObjectRef } from '../../origin';

/** Names of labels and annotations that say who answers for an object, the first one that is set counts. */
export const ownerKeys: readonly string[] = [
  'sidetrace.dev/owner',
  'owner',
  'team',
  'app.kubernetes.io/part-of',
];

type Values = Readonly<Record<string, string>>;
interface Marked {
  readonly labels: Values;
  readonly annotations: Values;
}
interface Placed {
  readonly kind: string;
  readonly metadata: Marked & Omit<ObjectRef, 'kind'>;
}

function named({ labels, annotations }: Marked): string | undefined {
  for (const key of ownerKeys) {
    for (const values of [annotations, labels]) {
      const value = Object.hasOwn(values, key) ? values[key]?.trim() : undefined;
      if (value !== undefined && value !== '') return value;
    }
  }
  return undefined;
}

const keyOf = (kind: string, namespace: string | undefined, name: string) =>
  `${kind} ${namespace ?? ''}/${name}`;

function metadataByObject({ resources }: Mesh): ReadonlyMap<string, Marked> {
  const isPlaced = (item: object): item is Placed => 'metadata' in item && 'kind' in item;
  const placed = Object.values(resources).flatMap((items: readonly object[]) =>
    items.filter(isPlaced),
  );
  return new Map(
    placed.map(({ kind, metadata }) => [keyOf(kind, metadata.namespace, metadata.name), metadata]),
  );
}

/**
 * Who answers for an object: what the catalog says of the workload; else the first of `ownerKeys` on the object,
 * annotations before labels; else on the labels of the workload's pods; else on its namespace.
 */
export function ownersIn(
  mesh: Mesh,
  ownerOf: (workload: WorkloadRef) => string | undefined = () => undefined,
): (object: ObjectRef) => string | undefined {
  let index: ReadonlyMap<string, Marked> | undefined;
  const marked = (key: string) => {
    index ??= metadataByObject(mesh);
    return index.get(key);
  };
  const ownMark = (mark: Marked | undefined) => (mark === undefined ? undefined : named(mark));
  return ({ kind, namespace, name }) => {
    const workload =
      namespace === undefined ? undefined : findWorkload(mesh, { kind, namespace, name });
    return (
      (workload === undefined ? undefined : ownerOf(workload.ref)) ??
      ownMark(marked(keyOf(kind, namespace, name))) ??
      ownMark(workload) ??
      (namespace === undefined
        ? undefined
        : ownMark(marked(keyOf('Namespace', undefined, namespace))))
    );
  };
}
