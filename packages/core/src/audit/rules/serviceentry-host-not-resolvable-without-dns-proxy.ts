import { refOf } from '../../resources';
import { unionOf } from '../findings/workload-set';
import type { Level, Rule } from '../rule';

/** Names that no DNS server may know, or no dot at all (RFC 6761, RFC 6762). */
const reservedName = /^[^.]+$|\.(example|invalid|local|localdomain|mesh|test)$/i;

/** Names of networks of one's own, which servers there may know (RFC 8375, ICANN's `.internal`, common practice). */
const ownNetworkName = /\.(corp|home\.arpa|home|internal|intranet|lan|private)$/i;

/** Names that the resolver of a cloud's machines knows. */
const cloudName = /\.(google|ec2)\.internal$|\.compute\.internal$/i;

function levelOf(host: string): Level | undefined {
  if (host.startsWith('*') || cloudName.test(host)) return undefined;
  if (reservedName.test(host)) return 'warning';
  return ownNetworkName.test(host) ? 'info' : undefined;
}

export const serviceentryHostNotResolvableWithoutDnsProxy: Rule = {
  id: 'serviceentry/host-not-resolvable-without-dns-proxy',
  level: 'warning',
  title: 'a host that no DNS outside the mesh knows',
  why: 'a ServiceEntry is no DNS record: without DNS capture the application cannot resolve the name and never sends a packet',
  inputs: ['workloads'],
  aliases: [],
  tags: ['S34', 'S35'],
  *check({ mesh, importing, servicesByHost }) {
    for (const entry of mesh.resources.serviceEntries) {
      for (const [index, host] of entry.spec.hosts.entries()) {
        const level = levelOf(host);
        if (level === undefined || host.endsWith(`.${mesh.clusterDomain}`)) continue;
        const services = (servicesByHost().get(host.toLowerCase()) ?? []).filter(
          service => service.namespace === entry.metadata.namespace,
        );
        const without = unionOf(importing(services).filter(({ dnsCapture }) => !dnsCapture));
        if (without.count === 0) continue;
        yield {
          object: refOf(entry),
          source: entry.source,
          path: `spec.hosts.${index}`,
          level,
          message: `\`${host}\` is no public name and ${without.count} workloads have no DNS capture`,
          workloads: without,
          hosts: [host],
        };
      }
    }
  },
};
