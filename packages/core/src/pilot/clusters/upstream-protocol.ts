import type { Cluster } from '../../envoy';
import { isHttp, isHttp2, type Protocol } from '../../mesh';
import type { ProxyContext } from '../proxy/proxy-context';
import type { ClusterPolicy } from './traffic-policy';

type UpstreamProtocol = Pick<Cluster, 'http2' | 'usesClientProtocol'>;

const http2: UpstreamProtocol = { http2: true };
/** HTTP/2 for clients that speak it, else HTTP/1.1. */
export const asClient: UpstreamProtocol = { usesClientProtocol: true };

/** What a port by itself says: HTTP/2, or for a sidecar the client's version where the protocol is found out (`cluster_builder.go:setUpstreamProtocol`). */
export function portUpstreamProtocol(protocol: Protocol, isSidecar: boolean): UpstreamProtocol {
  if (isHttp2(protocol)) return http2;
  return isSidecar && protocol === 'Unsupported' ? asClient : {};
}

/** A rule's own word goes before the mesh's, which is for HTTP ports only (`cluster_builder.go:shouldH2Upgrade`). */
function isUpgraded(
  { mesh }: ProxyContext,
  protocol: Protocol,
  policy: ClusterPolicy | undefined,
): boolean {
  const word = policy?.connectionPool?.h2UpgradePolicy;
  if (word === 'UPGRADE' || word === 'DO_NOT_UPGRADE') return word === 'UPGRADE';
  return isHttp(protocol) && mesh.meshConfig.config.rest.h2UpgradePolicy === 'UPGRADE';
}

/** The HTTP version that an outbound cluster speaks (`cluster_traffic_policy.go:applyTrafficPolicy`). */
export function outboundUpstreamProtocol(
  context: ProxyContext,
  protocol: Protocol,
  policy: ClusterPolicy | undefined,
): UpstreamProtocol {
  if (policy?.connectionPool?.useClientProtocol === true) return asClient;
  if (isUpgraded(context, protocol, policy)) return http2;
  return portUpstreamProtocol(protocol, context.proxy.type === 'sidecar');
}
