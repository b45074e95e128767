import type { MeshService } from '../../mesh';
import type { Destination } from '../../resources';
import { clusterName } from '../names';

/**
 * Cluster of a destination: its port, else the service's only port, else the listener's; an ExternalName service stands
 * for its target (`pilot/pkg/networking/core/route/route.go:GetDestinationCluster`).
 */
export function destinationCluster(
  destination: Destination,
  context: {
    readonly service: MeshService | undefined;
    readonly port: number;
  },
): string {
  const { service } = context;
  const [only] = service?.ports ?? [];
  const single = service?.ports.length === 1 ? only?.port : undefined;
  return clusterName({
    host: service?.externalName ?? destination.host,
    port: destination.port ?? single ?? context.port,
    subset: destination.subset ?? '',
  });
}
