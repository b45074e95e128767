import { refOf } from '../../resources';
import { isTcpPort } from '../facts/entry-protocol';
import type { Rule } from '../rule';

export const serviceentryDnsEndpointStaleness: Rule = {
  id: 'serviceentry/dns-endpoint-staleness',
  level: 'info',
  title: 'long-lived connections outlive a DNS answer',
  why: 'connections that are open stay with the old address when the name moves; pools of TCP clients notice late',
  inputs: [],
  aliases: [],
  tags: ['S63'],
  *check({ mesh }) {
    for (const entry of mesh.resources.serviceEntries) {
      const { resolution, ports, hosts } = entry.spec;
      if (resolution !== 'DNS' && resolution !== 'DNS_ROUND_ROBIN') continue;
      for (const [index, port] of ports.entries()) {
        if (!isTcpPort(port.protocol)) continue;
        yield {
          object: refOf(entry),
          source: entry.source,
          path: `spec.ports.${index}`,
          message: `port ${port.number} is TCP to a name that is resolved again and again`,
          hosts,
        };
      }
    }
  },
};
