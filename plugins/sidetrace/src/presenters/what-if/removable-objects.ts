import { formatObjectRef, type MeshSlice, type ObjectRef } from '@sidetrace/core';

/** An object that can be left out to see what it does. */
export interface RemovableObject {
  readonly id: string;
  readonly object: ObjectRef;
}

const lists = [
  'serviceEntries',
  'sidecars',
  'virtualServices',
  'destinationRules',
  'gateways',
  'authorizationPolicies',
  'peerAuthentications',
  'networkPolicies',
  'services',
] as const;

/** The objects of the workload's part of the mesh that decide about its calls, by kind. */
export function removableObjects({ resources }: MeshSlice): readonly RemovableObject[] {
  return lists.flatMap(list =>
    resources[list].map(({ kind, metadata: { namespace, name } }) => {
      const object = namespace === undefined ? { kind, name } : { kind, namespace, name };
      return { id: formatObjectRef(object), object };
    }),
  );
}
