import { refOf } from '../../resources';
import { capturedBy } from '../facts/captured-by';
import { isTcpPort } from '../facts/entry-protocol';
import type { Rule } from '../rule';

export const serviceentryTcpNoneNoAddressOpensPort: Rule = {
  id: 'serviceentry/tcp-none-no-address-opens-port',
  level: 'error',
  title: 'a TCP entry with resolution NONE opens a port to any address',
  why: 'the connection is passed on to whatever address the client dialled, also under REGISTRY_ONLY',
  inputs: [],
  aliases: ['IST0134'],
  tags: ['S20', 'ATT&CK M1037'],
  *check(context) {
    for (const entry of context.mesh.resources.serviceEntries) {
      if (entry.spec.addresses.length > 0 || entry.spec.resolution !== 'NONE') continue;
      for (const [index, port] of entry.spec.ports.entries()) {
        if (!isTcpPort(port.protocol)) continue;
        const captured = capturedBy(entry, context);
        yield {
          object: refOf(entry),
          source: entry.source,
          path: `spec.ports.${index}`,
          port: port.number,
          message: `opens port ${port.number} to every address`,
          workloads: captured,
          hosts: ['*'],
        };
      }
    }
  },
};
