import { refOf } from '../../resources';
import { isTlsPort } from '../facts/entry-protocol';
import type { Rule } from '../rule';

export const egressL7NotAvailable: Rule = {
  id: 'egress/l7-not-available',
  level: 'info',
  title: 'TLS is passed through, HTTP features do not apply',
  why: 'the sidecar sees the server name only: no routes, no headers, no retries, no HTTP metrics',
  inputs: [],
  aliases: [],
  tags: ['S16'],
  *check({ mesh }) {
    for (const entry of mesh.resources.serviceEntries) {
      for (const [index, port] of entry.spec.ports.entries()) {
        if (!isTlsPort(port.protocol)) continue;
        yield {
          object: refOf(entry),
          source: entry.source,
          path: `spec.ports.${index}`,
          port: port.number,
          message: `port ${port.number} is ${port.protocol}: told apart by server name only`,
          hosts: entry.spec.hosts,
        };
      }
    }
  },
};
