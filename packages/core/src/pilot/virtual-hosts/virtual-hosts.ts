import type { VirtualHost } from '../../envoy';
import type { MeshService } from '../../mesh';
import type { Origin } from '../../origin';
import type { ProxyContext } from '../proxy/proxy-context';
import { domainName, hostText, serviceDomains } from './domains';
import type { HostGroup } from './host-groups';

/** A virtual host with the port that its services have there. */
export interface PortVirtualHost {
  readonly port: number;
  readonly virtualHost: VirtualHost;
}

interface Wanted {
  readonly hostname: string;
  readonly service?: MeshService;
  readonly group: HostGroup;
}

/** Names and domains that are taken already; the first virtual host keeps them (`httproute.go:dedupeDomains`). */
interface Taken {
  readonly names: Set<string>;
  readonly domains: Set<string>;
  /** Real hosts, which expanded names may not shadow. */
  readonly hosts: ReadonlySet<string>;
}

function domainsOf(context: ProxyContext, wanted: Wanted, listenerPort: number) {
  const { service, hostname, group } = wanted;
  if (service === undefined) return { domains: [hostText(hostname)], expanded: [] };
  return serviceDomains(context, service, listenerPort === 0 ? group.port : 0);
}

function freeDomains(
  {
    domains,
    expanded,
  }: { readonly domains: readonly string[]; readonly expanded: readonly string[] },
  taken: Taken,
): readonly string[] {
  const made = new Set(expanded);
  const free: string[] = [];
  for (const domain of domains) {
    const key = domain.toLowerCase();
    if (taken.domains.has(key) || (made.has(domain) && taken.hosts.has(domain))) continue;
    taken.domains.add(key);
    free.push(domain);
  }
  return free;
}

function build(
  context: ProxyContext,
  wanted: Wanted,
  at: { readonly listenerPort: number; readonly taken: Taken },
): PortVirtualHost | undefined {
  const { hostname, group } = wanted;
  const name = domainName(hostname.toLowerCase(), group.port);
  if (at.taken.names.has(name)) return undefined;
  at.taken.names.add(name);
  const domains = freeDomains(domainsOf(context, wanted, at.listenerPort), at.taken);
  if (domains.length === 0) return undefined;
  const origin: Origin = group.origin;
  return { port: group.port, virtualHost: { name, domains, routes: group.routes, origin } };
}

function knownHosts(groups: readonly HostGroup[]): ReadonlySet<string> {
  const hosts = new Set<string>();
  for (const { services, port } of groups) {
    for (const { hostname } of services) {
      const host = hostname.toLowerCase();
      hosts.add(host).add(domainName(host, port));
    }
  }
  return hosts;
}

/** Virtual hosts of the groups, in order (`httproute.go:BuildSidecarOutboundVirtualHosts`). */
export function virtualHostsOf(
  context: ProxyContext,
  groups: readonly HostGroup[],
  listenerPort: number,
): readonly PortVirtualHost[] {
  const taken: Taken = { names: new Set(), domains: new Set(), hosts: knownHosts(groups) };
  return groups.flatMap(group =>
    [
      ...group.plainHosts.map(hostname => ({ hostname, group })),
      ...group.services.map(service => ({ hostname: service.hostname, service, group })),
    ].flatMap(wanted => build(context, wanted, { listenerPort, taken }) ?? []),
  );
}
