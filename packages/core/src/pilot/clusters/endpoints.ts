import type { DiscoveryType, Endpoint } from '../../envoy';
import {
  endpointsByName,
  endpointsByPort,
  labelsMatch,
  type MeshEndpoint,
  type MeshService,
  type MeshServicePort,
} from '../../mesh';
import type { Labels } from '../../resources';
import type { ProxyContext } from '../proxy/proxy-context';
import { pilotHas } from '../versions';

function sendsUnhealthy({ mesh }: ProxyContext, service: MeshService): boolean {
  return (
    (pilotHas(mesh, 'unhealthyEndpoints') &&
      mesh.flags.enabled('PILOT_AUTO_SEND_UNHEALTHY_ENDPOINTS')) ||
    mesh.flags.enabled('PILOT_SEND_UNHEALTHY_ENDPOINTS') ||
    service.trafficDistribution !== undefined
  );
}

const endpointOf = (endpoint: MeshEndpoint): Endpoint => ({
  address: endpoint.address,
  port: endpoint.port,
  healthy: endpoint.health === 'healthy',
  mtls: endpoint.tlsMode === 'istio',
  weight: endpoint.weight,
  origin: endpoint.origin,
});

/** Load assignment of a cluster (`pilot/pkg/xds/endpoints/endpoint_builder.go`); empty where Envoy finds hosts itself. */
export function endpointsOf(
  context: ProxyContext,
  at: { readonly service: MeshService; readonly port: MeshServicePort },
  selection: { readonly discovery: DiscoveryType; readonly labels: Labels },
): readonly Endpoint[] {
  const { service, port } = at;
  const { discovery, labels } = selection;
  if (discovery === 'ORIGINAL_DST' || discovery === 'DYNAMIC_FORWARD_PROXY') return [];
  const all =
    discovery === 'EDS'
      ? endpointsByName(context.mesh, service, port.name)
      : endpointsByPort(context.mesh, service, port.port);
  const unhealthy = sendsUnhealthy(context, service);
  return all
    .filter(endpoint => labelsMatch(labels, endpoint.labels))
    .filter(
      endpoint => endpoint.health === 'healthy' || (unhealthy && endpoint.health === 'unhealthy'),
    )
    .map(endpointOf);
}
