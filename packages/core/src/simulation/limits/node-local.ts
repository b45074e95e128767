import { derive, type Mesh, serviceHostname } from '../../mesh';
import { formatObjectRef } from '../../origin';
import { refOf } from '../../resources';
import type { Unmodelled } from './unmodelled';

const nodeLocal = derive(
  mesh => [mesh.resources.services, mesh.clusterDomain],
  ({ resources, clusterDomain }) =>
    new Map(
      resources.services
        .filter(({ spec }) => spec.internalTrafficPolicy === 'Local')
        .map(service => {
          const { name, namespace = '' } = service.metadata;
          return [serviceHostname(name, namespace, clusterDomain), service] as const;
        }),
    ),
);

/**
 * A Service of which a client gets the endpoints of its own node only (`pilot/pkg/xds/endpoints/endpoint_builder.go`, node local
 * traffic): on which node a pod runs is no part of the answer.
 */
export function nodeLocalNote(mesh: Mesh, host: string): readonly Unmodelled[] {
  const service = nodeLocal(mesh).get(host);
  if (service === undefined) return [];
  const object = refOf(service);
  const message = `${formatObjectRef(object)} has internalTrafficPolicy Local; nodes are not modelled, and the call fails where no pod of it runs on the same one`;
  return [{ object, message }];
}
