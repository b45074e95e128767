import type { Mesh } from '../mesh';
import type { Proxy } from '../proxy/proxy';
import { type MeshService, unspecifiedAddress } from '../registry/service';

const isIpv6 = (address: string) => address.includes(':');

/** True when the proxy resolves names by the agent and so can use auto-allocated addresses (`service.go:nodeUsesAutoallocatedIPs`). */
export function usesAutoAllocated(mesh: Mesh, { metadata }: Proxy): boolean {
  const on = (name: string) => /^(1|t|true)$/i.test(metadata[name] ?? '');
  return (
    on('DNS_CAPTURE') &&
    (mesh.flags.enabled('PILOT_ENABLE_IP_AUTOALLOCATE') || on('DNS_AUTO_ALLOCATE'))
  );
}

function supports(proxy: Proxy, address: string): boolean {
  return proxy.ipMode === 'Dual' || (proxy.ipMode === 'IPv6') === isIpv6(address);
}

/** Cluster IPs that the proxy's families reach. */
const clusterAddresses = (service: MeshService, proxy: Proxy): readonly string[] =>
  service.clusterVips.filter(address => supports(proxy, address));

function allocatedAddresses(
  mesh: Mesh,
  { defaultAddress, autoAllocated }: MeshService,
  proxy: Proxy,
): readonly string[] {
  if (defaultAddress !== unspecifiedAddress || !usesAutoAllocated(mesh, proxy)) return [];
  const { ipv4, ipv6 } = autoAllocated;
  return [
    ...(ipv4 !== undefined && proxy.ipMode !== 'IPv6' ? [ipv4] : []),
    ...(ipv6 !== undefined && proxy.ipMode !== 'IPv4' ? [ipv6] : []),
  ];
}

/** All addresses of a service as a proxy sees them (`pilot/pkg/model/service.go:getAllAddressesForProxy`). */
export function addressesFor(mesh: Mesh, service: MeshService, proxy: Proxy): readonly string[] {
  const cluster = clusterAddresses(service, proxy);
  if (cluster.length > 0) return cluster;
  const allocated = allocatedAddresses(mesh, service, proxy);
  return allocated.length > 0 ? allocated : [service.defaultAddress];
}

/** The first of them: where the listener of a TCP port stands (`service.go:GetAddressForProxy`). */
export function addressFor(mesh: Mesh, service: MeshService, proxy: Proxy): string {
  return addressesFor(mesh, service, proxy)[0] ?? unspecifiedAddress;
}
