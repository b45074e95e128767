import { refOf } from '../../resources';
import { isTcpPort } from '../facts/entry-protocol';
import type { Rule } from '../rule';

export const serviceentryTcpMultiHost: Rule = {
  id: 'serviceentry/tcp-multi-host',
  level: 'error',
  title: 'several hosts on a TCP port with an address',
  why: 'TCP carries no host name, so the hosts cannot be told apart',
  inputs: [],
  aliases: ['IST0133'],
  tags: ['S23'],
  *check({ mesh }) {
    for (const entry of mesh.resources.serviceEntries) {
      const { hosts, addresses, ports } = entry.spec;
      if (hosts.length < 2 || addresses.length === 0) continue;
      for (const [index, port] of ports.entries()) {
        if (!isTcpPort(port.protocol)) continue;
        yield {
          object: refOf(entry),
          source: entry.source,
          path: `spec.ports.${index}`,
          port: port.number,
          message: `port ${port.number} is ${port.protocol || 'TCP'} and the entry has ${hosts.length} hosts with one address`,
          hosts,
        };
      }
    }
  },
};
