import {
  type BasicPermission,
  createPermission,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';

/** Resource type of catalog entities, whose rules the catalog evaluates (`@backstage/plugin-catalog-common`). */
const catalogEntity = 'catalog-entity';

/**
 * See what the sidecars of an entity do. Asked about the entity itself: a policy may answer with the catalog's
 * conditions, such as that the caller owns it. The entity is read with the caller's own catalog permission besides.
 */
export const sidetraceEntityReadPermission: ResourcePermission<typeof catalogEntity> =
  createPermission({
    name: 'sidetrace.entity.read',
    attributes: { action: 'read' },
    resourceType: catalogEntity,
  });

/** See the whole mesh: overview, access matrix, findings. */
export const sidetraceMeshReadPermission: BasicPermission = createPermission({
  name: 'sidetrace.mesh.read',
  attributes: { action: 'read' },
});

/** Get a workload's slice of the mesh, which holds manifests, to simulate calls on it. */
export const sidetraceSimulatePermission: BasicPermission = createPermission({
  name: 'sidetrace.simulate',
  attributes: { action: 'read' },
});

/** Make the backend read its sources now. */
export const sidetraceRefreshPermission: BasicPermission = createPermission({
  name: 'sidetrace.refresh',
  attributes: { action: 'update' },
});

/** Download wide answers as files. */
export const sidetraceExportPermission: BasicPermission = createPermission({
  name: 'sidetrace.export',
  attributes: { action: 'read' },
});

/** Every permission of the plugin, as the backend registers them. */
export const sidetracePermissions: readonly (BasicPermission | ResourcePermission)[] = [
  sidetraceEntityReadPermission,
  sidetraceMeshReadPermission,
  sidetraceSimulatePermission,
  sidetraceRefreshPermission,
  sidetraceExportPermission,
];
