import { destinationRuleFor, type Mesh, type Proxy, sidecarScopeOf } from '../../mesh';
import type { ConnectionPool } from '../../resources';
import { policyForPort } from '../clusters/traffic-policy';
import type { InboundPort } from './inbound-port';

/**
 * The connection pool of a declared port: the Sidecar's listener's, then the Sidecar's, then that of the DestinationRule
 * the pod's own sidecar sees for the service (`cluster_builder.go:buildInboundCluster`, `sidecar.go:InboundConnectionPoolForPort`).
 */
export function inboundPool(
  mesh: Mesh,
  proxy: Proxy,
  { port, service, servicePort }: InboundPort,
): ConnectionPool | undefined {
  const { sidecar, servicesByHostname } = sidecarScopeOf(mesh, proxy);
  const listener = sidecar?.spec.ingress.find(
    item => item.port.number === port && item.connectionPool !== undefined,
  );
  const ofSidecar = listener?.connectionPool ?? sidecar?.spec.inboundConnectionPool;
  if (ofSidecar !== undefined) return ofSidecar;
  const seen = service === undefined ? undefined : servicesByHostname.get(service.hostname);
  const rule = seen === undefined ? undefined : destinationRuleFor(mesh, proxy, seen, 'inbound');
  return policyForPort(rule?.trafficPolicy, servicePort)?.connectionPool;
}
