import type { EgressScope, MeshVirtualService } from '../../mesh';
import { hostsOverlap, isWildcardHost } from '../../net';
import type { HostCandidates } from './host-candidates';

function touches(host: string, candidates: HostCandidates): boolean {
  if (candidates.byHost.has(host)) return true;
  if (!isWildcardHost(host)) {
    return candidates.wildcards.some(service => hostsOverlap(host, service.hostname));
  }
  for (const hostname of candidates.byHost.keys()) {
    if (hostsOverlap(host, hostname)) return true;
  }
  return false;
}

/** Port whose route configuration holds every VirtualService, also those of unregistered hosts. */
export const defaultHttpPort = 80;

/** VirtualServices that a route configuration looks at (`httproute.go:selectVirtualServices`). */
export function selectVirtualServices(
  egress: EgressScope,
  candidates: HostCandidates,
  port: number,
): readonly MeshVirtualService[] {
  const withRoutes = egress.virtualServices.filter(item => item.http.length > 0);
  if (port === defaultHttpPort) return withRoutes;
  return withRoutes.filter(item =>
    item.hosts.some(host => touches(host.toLowerCase(), candidates)),
  );
}
