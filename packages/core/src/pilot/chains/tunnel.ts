import type { TcpProxy } from '../../envoy';
import { destinationRuleFor, type Mesh, type MeshService } from '../../mesh';
import type { DestinationRule } from '../../resources';
import { keepWith } from '../memoise';
import type { ProxyContext } from '../proxy/proxy-context';

const asksForTunnel = ({ spec }: DestinationRule) =>
  spec.trafficPolicy?.tunnel !== undefined ||
  spec.subsets.some(subset => subset.trafficPolicy?.tunnel !== undefined);

/** Most meshes have no tunnel, and then nobody looks for one. */
export const hasTunnels = keepWith((mesh: Mesh) =>
  mesh.resources.destinationRules.some(asksForTunnel),
);

/** IPv6 addresses stand in brackets (`net.JoinHostPort`). */
const joinHostPort = (host: string, port: number) =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;

/**
 * The tunnel that the DestinationRule of a destination asks for: of its subset when it has one, which inherits none, else
 * of the rule (`pilot/pkg/networking/core/tunnelingconfig/apply.go`).
 */
export function withTunnel(
  context: ProxyContext,
  filter: TcpProxy,
  to: { readonly service: MeshService | undefined; readonly subset?: string },
): TcpProxy {
  const { service, subset = '' } = to;
  if (service === undefined || !hasTunnels(context.mesh)) return filter;
  const rule = destinationRuleFor(context.mesh, context.proxy, service);
  const policy =
    subset === ''
      ? rule?.trafficPolicy
      : rule?.subsets.find(item => item.name === subset)?.trafficPolicy;
  if (policy?.tunnel === undefined) return filter;
  return { ...filter, tunnel: joinHostPort(policy.tunnel.targetHost, policy.tunnel.targetPort) };
}
