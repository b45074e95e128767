import { refOf } from '../../resources';
import type { Rule } from '../rule';
import { unionOf } from '../workload-set';

/** Names outside the public DNS: no dot, or a reserved ending (RFC 6761, RFC 6762, RFC 8375, RFC 9476 and common practice). */
const privateName =
  /^[^.]+$|\.(corp|example|home\.arpa|home|internal|intranet|invalid|lan|local|localdomain|mesh|private|test)$/i;

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
        if (
          host.startsWith('*') ||
          !privateName.test(host) ||
          host.endsWith(`.${mesh.clusterDomain}`)
        )
          continue;
        const services = (servicesByHost().get(host.toLowerCase()) ?? []).filter(
          service => service.namespace === entry.metadata.namespace,
        );
        const without = unionOf(importing(services).filter(({ dnsCapture }) => !dnsCapture));
        if (without.count === 0) continue;
        yield {
          object: refOf(entry),
          source: entry.source,
          path: `spec.hosts.${index}`,
          message: `\`${host}\` is no public name and ${without.count} workloads have no DNS capture`,
          workloads: without,
          hosts: [host],
        };
      }
    }
  },
};
