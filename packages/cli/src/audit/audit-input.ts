import { type audit, externalAccess } from '@sidetrace/core';
import type { LoadedMesh } from '../input/load-mesh';

/** What the catalogue looks at; the access matrix is made when the first rule reads it, the whole of it. */
export function auditInputOf({
  mesh,
  issues,
}: Pick<LoadedMesh, 'mesh' | 'issues'>): Parameters<typeof audit>[0] {
  return { mesh, issues, access: () => [...externalAccess(mesh)] };
}
