import {
  buildMesh,
  decodeResources,
  type Issue,
  type Mesh,
  type RawResource,
} from '@sidetrace/core';
import type { StoredContent } from '../store/snapshot-digest';

/** A mesh of a snapshot, ready to answer. Only worker threads have one: making it is heavy. */
export interface BuiltMesh {
  readonly mesh: Mesh;
  readonly issues: readonly Issue[];
  readonly raw: readonly RawResource[];
  /** Texts that the snapshot keeps, by file. */
  readonly texts: ReadonlyMap<string, string>;
}

export function buildFrom(content: StoredContent): BuiltMesh {
  const { defaultNamespace } = content.options;
  const decoded = decodeResources(
    content.resources,
    defaultNamespace === undefined ? {} : { defaultNamespace },
  );
  const mesh = buildMesh(decoded.resources, content.options);
  return {
    mesh,
    issues: [...content.issues, ...decoded.issues, ...mesh.issues],
    raw: content.resources,
    texts: new Map(Object.entries(content.texts ?? {})),
  };
}
