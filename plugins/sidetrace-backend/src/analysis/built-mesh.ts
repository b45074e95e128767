import {
  buildMesh,
  decodeResources,
  type Issue,
  type Mesh,
  type RawResource,
} from '@sidetrace/core';
import type { SnapshotContent } from '../sources/source';

/** A mesh of a snapshot, ready to answer. Only worker threads have one: making it is heavy. */
export interface BuiltMesh {
  readonly mesh: Mesh;
  readonly issues: readonly Issue[];
  readonly raw: readonly RawResource[];
}

export function buildFrom(content: SnapshotContent): BuiltMesh {
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
  };
}
