import type { DiscoveryType, Endpoint } from '../../envoy';
import {
  endpointsByName,
  endpointsByPort,
  inboundMtlsOf,
  labelsMatch,
  type MeshEndpoint,
  type MeshService,
  type MeshServicePort,
} from '../../mesh';
import { parseIp } from '../../net';
import type { Labels } from '../../resources';
import { unixPrefix } from '../names';
import type { ProxyContext } from '../proxy/proxy-context';
import { pilotHas } from '../versions';
import type { ClusterPolicy } from './traffic-policy';

/** A panic threshold of the rule's own would count endpoints that are not ready, so they are left out then. */
function hasPanicThreshold(policy: ClusterPolicy | undefined): boolean {
  const percent = policy?.outlierDetection?.minHealthPercent;
  return typeof percent === 'number' && percent > 0;
}

function sendsUnhealthy(
  { mesh }: ProxyContext,
  service: MeshService,
  policy: ClusterPolicy | undefined,
): boolean {
  return (
    (pilotHas(mesh, 'unhealthyEndpoints') &&
      mesh.flags.enabled('PILOT_AUTO_SEND_UNHEALTHY_ENDPOINTS') &&
      !hasPanicThreshold(policy)) ||
    mesh.flags.enabled('PILOT_SEND_UNHEALTHY_ENDPOINTS') ||
    service.trafficDistribution !== undefined
  );
}

/** True when the endpoint takes mesh TLS: it is marked so and no PeerAuthentication switches it off (`pilot/pkg/xds/endpoints/mtls_checker.go`). */
function takesMeshTls({ mesh }: ProxyContext, endpoint: MeshEndpoint): boolean {
  if (endpoint.tlsMode !== 'istio') return false;
  const { mode, ports } = inboundMtlsOf(mesh, endpoint);
  return (ports.get(endpoint.port)?.mode ?? mode) !== 'DISABLE';
}

const endpointOf = (context: ProxyContext, endpoint: MeshEndpoint): Endpoint => ({
  address: endpoint.address,
  port: endpoint.port,
  healthy: endpoint.health === 'healthy',
  mtls: takesMeshTls(context, endpoint),
  weight: endpoint.weight,
  origin: endpoint.origin,
});

/** EDS carries addresses only. */
const isAddress = ({ address }: MeshEndpoint) =>
  parseIp(address) !== undefined || address.startsWith(unixPrefix);

function candidates(
  { mesh }: ProxyContext,
  { service, port }: ServicePort,
  discovery: DiscoveryType,
): readonly MeshEndpoint[] {
  switch (discovery) {
    case 'EDS':
      return endpointsByName(mesh, service, port.name).filter(isAddress);
    case 'STRICT_DNS':
    case 'LOGICAL_DNS':
    case 'STATIC':
      return endpointsByPort(mesh, service, port.port);
    case 'ORIGINAL_DST':
    case 'DYNAMIC_FORWARD_PROXY':
      return [];
  }
}

export interface ServicePort {
  readonly service: MeshService;
  readonly port: MeshServicePort;
}

/** Load assignment of a cluster (`pilot/pkg/xds/endpoints/endpoint_builder.go`); empty where Envoy finds hosts itself. */
export function endpointsOf(
  context: ProxyContext,
  at: ServicePort,
  selection: {
    readonly discovery: DiscoveryType;
    readonly labels: Labels;
    readonly policy: ClusterPolicy | undefined;
  },
): readonly Endpoint[] {
  const unhealthy = sendsUnhealthy(context, at.service, selection.policy);
  return candidates(context, at, selection.discovery)
    .filter(endpoint => labelsMatch(selection.labels, endpoint.labels))
    .filter(({ health }) => health === 'healthy' || (unhealthy && health === 'unhealthy'))
    .map(endpoint => endpointOf(context, endpoint));
}
