import type { Mesh } from '../../mesh';
import { ipFamily, parseIp } from '../../net';
import type { World } from '../world';
import { podAddresses, serviceAddresses, serviceNamed } from './cluster-names';

/** What a DNS server says to one question. `unknown`: nobody said whether the name exists. */
export type DnsReply =
  | { readonly kind: 'addresses'; readonly addresses: readonly string[] }
  | { readonly kind: 'nxdomain' }
  | { readonly kind: 'nodata' }
  /** The server cannot be asked, or the one that asks it on behalf of others cannot. */
  | { readonly kind: 'no-answer' }
  | { readonly kind: 'server-failure' }
  | { readonly kind: 'unknown' };

function pick(addresses: readonly string[], family: 4 | 6): DnsReply {
  const wanted = addresses.filter(address => {
    const ip = parseIp(address);
    return ip !== undefined && ipFamily(ip) === family;
  });
  return wanted.length === 0 ? { kind: 'nodata' } : { kind: 'addresses', addresses: wanted };
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
  const service = serviceNamed(mesh, lower);
  if (service !== undefined) {
    const { externalName, type } = service.spec;
    if (type === 'ExternalName' && externalName !== undefined && depth < 8) {
      return askUpstream(mesh, world, externalName.replace(/\.$/, ''), family, depth + 1);
    }
    return pick(serviceAddresses(mesh, lower, service), family);
  }
  const pod = podAddresses(mesh, lower);
  if (pod.length > 0) return pick(pod, family);
  const inCluster = lower.endsWith(`.${mesh.clusterDomain}`);
  return inCluster || nobodys(lower) || world?.otherNames === 'nxdomain'
    ? { kind: 'nxdomain' }
    : { kind: 'unknown' };
}
