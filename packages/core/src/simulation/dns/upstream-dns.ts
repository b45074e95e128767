import type { Mesh } from '../../mesh';
import { ipFamily, parseIp } from '../../net';
import type { Service } from '../../resources';
import type { World } from '../world';

/** What a DNS server says to one question. `unknown`: nobody said whether the name exists. */
export type DnsReply =
  | { readonly kind: 'addresses'; readonly addresses: readonly string[] }
  | { readonly kind: 'nxdomain' }
  | { readonly kind: 'nodata' }
  /** The server cannot be asked, or the one that asks it on behalf of others cannot. */
  | { readonly kind: 'no-answer' }
  | { readonly kind: 'server-failure' }
  | { readonly kind: 'unknown' };

interface ClusterNames {
  readonly services: ReadonlyMap<string, Service>;
  /** Addresses behind a headless service, by `namespace/name`. */
  readonly endpoints: ReadonlyMap<string, readonly string[]>;
  /** Addresses of single pods behind a headless service: `hostname.service.namespace.svc.domain`. */
  readonly pods: ReadonlyMap<string, readonly string[]>;
}

const cache = new WeakMap<Mesh, ClusterNames>();

function readyEndpoints(mesh: Mesh): Pick<ClusterNames, 'endpoints' | 'pods'> {
  const endpoints = new Map<string, string[]>();
  const pods = new Map<string, string[]>();
  const add = (map: Map<string, string[]>, key: string, addresses: readonly string[]) => {
    const list = map.get(key) ?? [];
    list.push(...addresses.filter(address => !list.includes(address)));
    map.set(key, list);
  };
  for (const slice of mesh.resources.endpointSlices) {
    const service = slice.metadata.labels['kubernetes.io/service-name'];
    const { namespace } = slice.metadata;
    if (service === undefined || namespace === undefined) continue;
    for (const endpoint of slice.spec.endpoints) {
      if (endpoint.ready === false) continue;
      add(endpoints, `${namespace}/${service}`, endpoint.addresses);
      if (endpoint.hostname === undefined) continue;
      const host = `${endpoint.hostname}.${service}.${namespace}.svc.${mesh.clusterDomain}`;
      add(pods, host, endpoint.addresses);
    }
  }
  return { endpoints, pods };
}

function clusterNames(mesh: Mesh): ClusterNames {
  const known = cache.get(mesh);
  if (known !== undefined) return known;
  const services = new Map(
    mesh.resources.services.map(service => [
      `${service.metadata.name}.${service.metadata.namespace ?? ''}.svc.${mesh.clusterDomain}`,
      service,
    ]),
  );
  const names = { services, ...readyEndpoints(mesh) };
  cache.set(mesh, names);
  return names;
}

function pick(addresses: readonly string[], family: 4 | 6): DnsReply {
  const wanted = addresses.filter(address => {
    const ip = parseIp(address);
    return ip !== undefined && ipFamily(ip) === family;
  });
  return wanted.length === 0 ? { kind: 'nodata' } : { kind: 'addresses', addresses: wanted };
}

function serviceAddresses(mesh: Mesh, host: string, service: Service): readonly string[] {
  const { clusterIP, clusterIPs } = service.spec;
  if (clusterIP === 'None') {
    const key = `${service.metadata.namespace ?? ''}/${service.metadata.name}`;
    return clusterNames(mesh).endpoints.get(key) ?? [];
  }
  if (clusterIPs !== undefined && clusterIPs.length > 0) return clusterIPs;
  if (clusterIP !== undefined && clusterIP !== '') return [clusterIP];
  return assumedVips(mesh).get(host) ?? [];
}

const vipCache = new WeakMap<Mesh, ReadonlyMap<string, readonly string[]>>();

/** Cluster IPs that the registry assumes for Services whose manifest names none. */
function assumedVips(mesh: Mesh): ReadonlyMap<string, readonly string[]> {
  const known = vipCache.get(mesh);
  if (known !== undefined) return known;
  const vips = new Map(
    mesh.services
      .filter(({ registry }) => registry === 'kubernetes')
      .map(({ hostname, clusterVips }) => [hostname, clusterVips] as const),
  );
  vipCache.set(mesh, vips);
  return vips;
}

/**
 * Names that no server on the internet answers: those of one label, which the root may not hold (RFC 7085), those below
 * `invalid` (RFC 6761), and those below `svc`, which are cut off names of a cluster.
 */
const nobodys = (name: string): boolean =>
  !name.includes('.') || name.endsWith('.invalid') || name.endsWith('.svc');

/**
 * The cluster's DNS server (CoreDNS with the kubernetes plugin) for one absolute name without its final dot: Services by
 * cluster IP, headless ones by their ready endpoints, ExternalName as a CNAME; everything else as the world says.
 */
export function askUpstream(
  mesh: Mesh,
  world: World | undefined,
  name: string,
  family: 4 | 6,
  depth = 0,
): DnsReply {
  const lower = name.toLowerCase();
  const outside =
    world?.dns !== undefined && Object.hasOwn(world.dns, lower) ? world.dns[lower] : undefined;
  if (outside !== undefined) return pick(outside, family);
  const service = clusterNames(mesh).services.get(lower);
  if (service !== undefined) {
    const { externalName, type } = service.spec;
    if (type === 'ExternalName' && externalName !== undefined && depth < 8) {
      return askUpstream(mesh, world, externalName.replace(/\.$/, ''), family, depth + 1);
    }
    return pick(serviceAddresses(mesh, lower, service), family);
  }
  const pod = clusterNames(mesh).pods.get(lower);
  if (pod !== undefined) return pick(pod, family);
  const inCluster = lower.endsWith(`.${mesh.clusterDomain}`);
  return inCluster || nobodys(lower) || world?.otherNames === 'nxdomain'
    ? { kind: 'nxdomain' }
    : { kind: 'unknown' };
}
