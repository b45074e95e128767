import { applyChanges, type Mesh, type MeshChange } from '../../mesh';
import type { Issue } from '../../origin';
import { accessMatrix } from '../matrix/access-matrix';
import type { AccessOptions } from '../matrix/access-options';
import type { AccessMatrix } from '../matrix/group-row';
import { diffMatrices, type MatrixDiff } from './diff-matrices';

export interface MatrixWhatIf {
  readonly mesh: Mesh;
  readonly matrix: AccessMatrix;
  readonly diff: MatrixDiff;
  /** What of the changes could not be done. */
  readonly issues: readonly Issue[];
}

/**
 * The grouped matrix after some edits, compared with the one before, which must be of `mesh` and `options`. The mesh
 * given stays as it is.
 *
 * ```ts
 * const matrix = accessMatrix(mesh);
 * whatIfMatrix(mesh, matrix, [{ kind: 'set-outbound', mode: 'REGISTRY_ONLY' }]).diff.changed;
 * ```
 */
export function whatIfMatrix(
  mesh: Mesh,
  matrix: AccessMatrix,
  changes: readonly MeshChange[],
  options: AccessOptions = {},
): MatrixWhatIf {
  const changed = applyChanges(mesh, changes);
  const after = accessMatrix(changed.mesh, options);
  return {
    mesh: changed.mesh,
    matrix: after,
    diff: diffMatrices(matrix, after),
    issues: changed.issues,
  };
}
