import { applyChanges, type Mesh, type MeshChange } from '../../mesh';
import type { Issue } from '../../origin';
import type { AccessOptions } from '../matrix/access-options';
import { externalAccess } from '../matrix/external-access';
import type { AccessDiff } from './diff';
import { diffAccess } from './diff-access';

export interface WhatIf {
  readonly mesh: Mesh;
  readonly diff: AccessDiff;
  /** What of the changes could not be done. */
  readonly issues: readonly Issue[];
}

/** The matrix after some edits, compared with the one before. The mesh given stays as it is. */
export function whatIf(
  mesh: Mesh,
  changes: readonly MeshChange[],
  options: AccessOptions = {},
): WhatIf {
  const changed = applyChanges(mesh, changes);
  const diff = diffAccess(externalAccess(mesh, options), externalAccess(changed.mesh, options));
  return { mesh: changed.mesh, diff, issues: changed.issues };
}
