import type { ObjectRef, SourceRef } from '../origin';

/** One object as the loader read it: plain JSON values and where it stood. Nothing is checked yet. */
export interface RawResource {
  readonly value: unknown;
  readonly source: SourceRef;
}

/** Object metadata as far as answers depend on it. */
export interface Metadata {
  readonly name: string;
  /** Absent for cluster-scoped kinds; filled from the default namespace (an assumption) when the manifest names none. */
  readonly namespace?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** RFC 3339; absent in manifests as authors write them. Orders "oldest wins" rules. */
  readonly creationTimestamp?: string;
  readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
}

/** A decoded object. `spec` holds what the kind's own file describes. */
export interface Resource<Kind extends string, Spec> {
  readonly kind: Kind;
  readonly apiVersion: string;
  readonly metadata: Metadata;
  readonly spec: Spec;
  readonly source: SourceRef;
}

export type Labels = Readonly<Record<string, string>>;

/** A Kubernetes label selector (`matchLabels` and `matchExpressions`). */
export interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

export function refOf(resource: Resource<string, unknown>): ObjectRef {
  const { kind, metadata } = resource;
  return metadata.namespace === undefined
    ? { kind, name: metadata.name }
    : { kind, namespace: metadata.namespace, name: metadata.name };
}
