import type { EgressScope, MeshVirtualService } from '../../mesh';
import { hostsOverlap, isWildcardHost } from '../../net';

/** VirtualServices of an egress listener with tls or tcp rules, by exact host; the numbers keep the order. */
interface HostIndex {
  readonly items: readonly MeshVirtualService[];
  readonly exact: ReadonlyMap<string, readonly number[]>;
  readonly wildcard: readonly number[];
}

function buildIndex(virtualServices: readonly MeshVirtualService[]): HostIndex {
  const items = virtualServices.filter(item => item.tls.length > 0 || item.tcp.length > 0);
  const exact = new Map<string, number[]>();
  const wildcard: number[] = [];
  for (const [i, item] of items.entries()) {
    for (const host of item.hosts) {
      if (isWildcardHost(host)) wildcard.push(i);
      else exact.set(host, [...(exact.get(host) ?? []), i]);
    }
  }
  return { items, exact, wildcard };
}

const indexes = new WeakMap<readonly MeshVirtualService[], HostIndex>();

function indexOf({ virtualServices }: EgressScope): HostIndex {
  const known = indexes.get(virtualServices);
  if (known !== undefined) return known;
  const index = buildIndex(virtualServices);
  indexes.set(virtualServices, index);
  return index;
}

/** VirtualServices with tls or tcp rules of which a host overlaps this one (`tls.go:getConfigsForHost`). */
export function virtualServicesForHost(
  egress: EgressScope,
  hostname: string,
): readonly MeshVirtualService[] {
  const { items, exact, wildcard } = indexOf(egress);
  if (items.length === 0) return items;
  if (isWildcardHost(hostname)) {
    return items.filter(item => item.hosts.some(host => hostsOverlap(host, hostname)));
  }
  const overlapping = wildcard.filter(
    i =>
      items[i]?.hosts.some(host => isWildcardHost(host) && hostsOverlap(host, hostname)) === true,
  );
  const found = new Set([...(exact.get(hostname) ?? []), ...overlapping]);
  return items.filter((_, i) => found.has(i));
}
