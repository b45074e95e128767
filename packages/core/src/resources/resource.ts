import type { ObjectRef, SourceRef } from '../origin';
import { type Cursor, field } from './decode/cursor';
import { compact, list, text, textMap, texts } from './decode/scalars';
import type { Labels } from './labels';

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

/** A condition of an object's status. */
export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

/** A decoded object. `spec` holds what the kind's own file describes. */
export interface Resource<Kind extends string, Spec> {
  readonly kind: Kind;
  readonly apiVersion: string;
  readonly metadata: Metadata;
  readonly spec: Spec;
  /** `status.conditions`, when there are any. */
  readonly conditions?: readonly Condition[];
  readonly source: SourceRef;
}

export type { Labels };

/** A Kubernetes label selector (`matchLabels` and `matchExpressions`). */
export interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

export function refOf(resource: { readonly kind: string; readonly metadata: Metadata }): ObjectRef {
  const { kind, metadata } = resource;
  return metadata.namespace === undefined
    ? { kind, name: metadata.name }
    : { kind, namespace: metadata.namespace, name: metadata.name };
}

const readExpression = (cursor: Cursor) =>
  compact({
    key: text(field(cursor, 'key')) ?? '',
    operator: text(field(cursor, 'operator')) ?? '',
    values: texts(field(cursor, 'values')),
  });

export function readSelector(cursor: Cursor): LabelSelector {
  return {
    matchLabels: textMap(field(cursor, 'matchLabels')),
    matchExpressions: list(field(cursor, 'matchExpressions'), readExpression),
  };
}
