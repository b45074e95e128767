import type { EgressScope, MeshVirtualService } from '../../mesh';
import { hostsOverlap, isWildcardHost } from '../../net';
import type { HostCandidates } from './host-candidates';

/** VirtualServices with http rules that an egress listener imports, in istiod's order. */
export interface HttpRules {
  readonly items: readonly MeshVirtualService[];
  /** Places in `items` by host as written, in lower case. */
  readonly byHost: ReadonlyMap<string, readonly number[]>;
}

function buildRules(all: readonly MeshVirtualService[]): HttpRules {
  const items = all.filter(item => item.http.length > 0);
  const byHost = new Map<string, number[]>();
  for (const [place, item] of items.entries()) {
    for (const host of new Set(item.hosts.map(text => text.toLowerCase()))) {
      const list = byHost.get(host);
      if (list === undefined) byHost.set(host, [place]);
      else list.push(place);
    }
  }
  return { items, byHost };
}

const known = new WeakMap<readonly MeshVirtualService[], HttpRules>();

export function httpRules({ virtualServices }: EgressScope): HttpRules {
  const shared = known.get(virtualServices);
  if (shared !== undefined) return shared;
  const rules = buildRules(virtualServices);
  known.set(virtualServices, rules);
  return rules;
}

function touches(host: string, candidates: HostCandidates): boolean {
  if (candidates.hosts.has(host)) return true;
  if (!isWildcardHost(host)) {
    return candidates.wildcards.some(service => hostsOverlap(host, service.hostname));
  }
  for (const hostname of candidates.hosts.keys()) {
    if (hostsOverlap(host, hostname)) return true;
  }
  return false;
}

/** Port whose route configuration holds every VirtualService, also those of unregistered hosts. */
export const defaultHttpPort = 80;

/** VirtualServices that a route configuration looks at (`httproute.go:selectVirtualServices`). */
export function selectedRules(
  egress: EgressScope,
  candidates: HostCandidates,
  port: number,
): readonly MeshVirtualService[] {
  const { items } = httpRules(egress);
  if (port === defaultHttpPort) return items;
  return items.filter(item => item.hosts.some(host => touches(host.toLowerCase(), candidates)));
}
