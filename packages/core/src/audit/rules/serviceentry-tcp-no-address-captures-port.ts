import { refOf } from '../../resources';
import { capturedBy } from '../facts/captured-by';
import { isTcpPort } from '../facts/entry-protocol';
import type { Rule } from '../rule';

export const serviceentryTcpNoAddressCapturesPort: Rule = {
  id: 'serviceentry/tcp-no-address-captures-port',
  level: 'error',
  title: 'a TCP entry without address takes its port for everybody',
  why: 'without an address its listener is 0.0.0.0, and every connection to that port goes to this host',
  inputs: ['workloads'],
  aliases: ['IST0134'],
  tags: ['S20'],
  *check(context) {
    for (const entry of context.mesh.resources.serviceEntries) {
      if (entry.spec.addresses.length > 0 || entry.spec.resolution === 'NONE') continue;
      for (const [index, port] of entry.spec.ports.entries()) {
        if (!isTcpPort(port.protocol)) continue;
        const captured = capturedBy(entry, context);
        if (captured.count === 0) continue;
        yield {
          object: refOf(entry),
          source: entry.source,
          path: `spec.ports.${index}`,
          port: port.number,
          message: `captures all traffic on port ${port.number} for ${captured.count} workloads`,
          workloads: captured,
          hosts: entry.spec.hosts,
        };
      }
    }
  },
};
