import { type BasicPermission, createPermission } from '@backstage/plugin-permission-common';

/** See what the sidecars of an entity do. The entity itself is read with the caller's own catalog permission. */
export const sidetraceEntityReadPermission: BasicPermission = createPermission({
  name: 'sidetrace.entity.read',
  attributes: { action: 'read' },
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
export const sidetracePermissions: readonly BasicPermission[] = [
  sidetraceEntityReadPermission,
  sidetraceMeshReadPermission,
  sidetraceSimulatePermission,
  sidetraceRefreshPermission,
  sidetraceExportPermission,
];
