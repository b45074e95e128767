import type { Origin } from '../../../origin';
import type { ReasonCode } from '../../codes';
import type { EnvoyPlace } from '../upstream/upstream-hosts';
import { isUnknownTraffic } from './unknown-traffic';

const kindOf = (origin: Origin | undefined): string | undefined =>
  origin?.kind === 'object' ? origin.object.kind : undefined;

/** Host part of `outbound|port|subset|host`. */
export function clusterHost(cluster: string): string | undefined {
  const parts = cluster.split('|');
  return parts.length === 4 ? parts[3] : undefined;
}

function registryReasons(place: EnvoyPlace, cluster: string): readonly ReasonCode[] {
  const { walk } = place;
  const reasons: ReasonCode[] = [];
  const decided = kindOf(walk.clusters[0]?.cluster?.origin);
  if (decided === 'ServiceEntry') reasons.push('service-entry');
  if (decided === 'Service') reasons.push('kubernetes-service');
  const routed = kindOf(walk.route?.origin) ?? kindOf(walk.filterChain?.origin);
  if (routed === 'VirtualService') reasons.push('virtual-service-route');
  const names = walk.filterChain?.match.serverNames ?? [];
  const wildcard = clusterHost(cluster)?.startsWith('*') === true || names.some(isWildcard);
  if (wildcard) reasons.push('wildcard-host');
  return reasons;
}

const isWildcard = (name: string) => name.startsWith('*');

/** True when a chain without any criterion of the destination takes the bytes: a TCP entry without addresses. */
function takesEverything(place: EnvoyPlace): boolean {
  const { listener, filterChain } = place.walk;
  if (listener === undefined || filterChain?.filter.kind !== 'tcp') return false;
  const { match } = filterChain;
  const wildcard = listener.address === '0.0.0.0' || listener.address === '::';
  const open = (match.prefixRanges?.length ?? 0) === 0 && (match.serverNames?.length ?? 0) === 0;
  return wildcard && open && listener.name !== 'virtualOutbound';
}

/** Which part of the registry or the policy sends the call on. */
export function reasonOfForward(place: EnvoyPlace): readonly ReasonCode[] {
  if (place.direction === 'inbound') return [];
  const cluster = place.walk.clusters[0]?.name ?? '';
  const unknown = isUnknownTraffic(place.walk) && place.proxy.proxy.type === 'sidecar';
  if (unknown && cluster.includes('|')) return ['allow-any', 'egress-proxy'];
  if (cluster === 'PassthroughCluster') return ['allow-any'];
  if (cluster === 'AllowAnyDynamicDNSCluster') return ['dynamic-forward-proxy'];
  const registry = registryReasons(place, cluster);
  const captures = takesEverything(place) && registry.includes('service-entry');
  return captures ? [...registry, 'port-captured-by-tcp-entry'] : registry;
}
