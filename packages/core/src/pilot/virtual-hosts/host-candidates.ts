import { type EgressScope, type MeshService, servicesOnPort } from '../../mesh';
import { isWildcardHost } from '../../net';

/** Services that a route configuration can answer for. Hosts are in lower case. */
export interface HostCandidates {
  /** Hosts in istiod's order. */
  readonly hosts: ReadonlyMap<string, number>;
  /** The service of a host, cut to the port; of several the last one counts. */
  readonly find: (host: string) => MeshService | undefined;
  readonly all: () => readonly MeshService[];
  readonly wildcards: readonly MeshService[];
  /** Hosts of services by any of their addresses. */
  readonly byAddress: ReadonlyMap<string, readonly string[]>;
  /** Hosts of services by the ExternalName hosts that point to them. */
  readonly byAlias: ReadonlyMap<string, string>;
  /** Hosts with several services that nothing puts in an order, as one ServiceEntry with several addresses makes them. */
  readonly unordered: ReadonlySet<string>;
}

const unspecified = '0.0.0.0';

function addAddresses(index: Map<string, string[]>, service: MeshService, host: string): void {
  const { defaultAddress, clusterVips, autoAllocated } = service;
  if (defaultAddress !== unspecified) add(index, defaultAddress, host);
  for (const address of clusterVips) add(index, address, host);
  if (autoAllocated.ipv4 !== undefined) add(index, autoAllocated.ipv4, host);
  if (autoAllocated.ipv6 !== undefined) add(index, autoAllocated.ipv6, host);
}

function cut(service: MeshService, port: number): MeshService {
  if (port === 0 || service.ports.length === 1) return service;
  return { ...service, ports: service.ports.filter(item => item.port === port).slice(0, 1) };
}

/** True for two services of one host that no rule of istiod orders, as one ServiceEntry with several addresses makes them. */
export function isUnordered(a: MeshService | undefined, b: MeshService): boolean {
  return (
    a !== undefined &&
    a.hostname === b.hostname &&
    a.defaultAddress !== b.defaultAddress &&
    a.creationTimestamp === b.creationTimestamp &&
    a.namespace === b.namespace
  );
}

function add(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else if (!list.includes(value)) list.push(value);
}

function build(services: readonly MeshService[], port: number): HostCandidates {
  const whole = new Map<string, MeshService>();
  const hosts = new Map<string, number>();
  const wildcards = new Set<string>();
  const byAddress = new Map<string, string[]>();
  const byAlias = new Map<string, string>();
  const unordered = new Set<string>();
  for (const service of services) {
    const host = service.hostname.toLowerCase();
    if (isUnordered(whole.get(host), service)) unordered.add(host);
    whole.set(host, service);
    if (!hosts.has(host)) hosts.set(host, hosts.size);
    if (isWildcardHost(host)) wildcards.add(host);
    addAddresses(byAddress, service, host);
    for (const alias of service.aliases) byAlias.set(alias.hostname.toLowerCase(), host);
  }
  const trimmed = new Map<string, MeshService>();
  const find = (host: string) => {
    const known = trimmed.get(host);
    const service = known ?? whole.get(host);
    if (known !== undefined || service === undefined) return known;
    const result = cut(service, port);
    trimmed.set(host, result);
    return result;
  };
  return {
    hosts,
    find,
    all: () => [...whole.keys()].flatMap(host => find(host) ?? []),
    wildcards: [...wildcards].flatMap(host => whole.get(host) ?? []),
    byAddress,
    byAlias,
    unordered,
  };
}

const known = new WeakMap<readonly MeshService[], HostCandidates>();

/** `httproute.go:BuildSidecarOutboundVirtualHosts`; port 0 takes all ports. Shared by proxies that import the same. */
export function hostCandidates(egress: EgressScope, port: number): HostCandidates {
  const services = port === 0 ? egress.services : servicesOnPort(egress, port);
  const shared = known.get(services);
  if (shared !== undefined) return shared;
  const candidates = build(services, port);
  known.set(services, candidates);
  return candidates;
}
