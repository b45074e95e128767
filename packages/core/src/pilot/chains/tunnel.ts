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

/**
 * The tunnel that the DestinationRule of a destination asks for: its subset's, else its own
 * (`pilot/pkg/networking/core/tunnelingconfig/tunnelingconfig.go`).
 */
export function withTunnel(
  context: ProxyContext,
  filter: TcpProxy,
  to: { readonly service: MeshService | undefined; readonly subset?: string },
): TcpProxy {
  const { service, subset } = to;
  if (service === undefined || !hasTunnels(context.mesh)) return filter;
  const rule = destinationRuleFor(context.mesh, context.proxy, service);
  const ofSubset = rule?.subsets.find(item => item.name === subset)?.trafficPolicy?.tunnel;
  const settings = ofSubset ?? rule?.trafficPolicy?.tunnel;
  if (settings === undefined) return filter;
  return { ...filter, tunnel: `${settings.targetHost}:${settings.targetPort}` };
}
