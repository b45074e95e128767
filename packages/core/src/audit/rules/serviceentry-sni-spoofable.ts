import { refOf } from '../../resources';
import { isTlsPort } from '../facts/entry-protocol';
import { setField } from '../findings/fix';
import type { Rule } from '../rule';

export const serviceentrySniSpoofable: Rule = {
  id: 'serviceentry/sni-spoofable',
  level: 'warning',
  title: 'a TLS entry with resolution NONE trusts the server name',
  why: 'the server name is what the client claims; the connection goes to the address that the client dialled',
  inputs: [],
  aliases: [],
  tags: ['S30', 'ATT&CK M1037'],
  *check({ mesh }) {
    for (const entry of mesh.resources.serviceEntries) {
      const { resolution, hosts, ports, addresses } = entry.spec;
      if (resolution !== 'NONE' || addresses.length > 0) continue;
      for (const port of ports) {
        if (!isTlsPort(port.protocol)) continue;
        yield {
          object: refOf(entry),
          source: entry.source,
          path: 'spec.resolution',
          port: port.number,
          message: `any address on port ${port.number} is reached by a client that sends the server name \`${hosts[0] ?? ''}\``,
          hosts,
          ...(hosts.some(host => host.startsWith('*'))
            ? {}
            : {
                fix: setField(
                  'let the proxy resolve the name',
                  entry.source,
                  ['spec', 'resolution'],
                  'DNS',
                ),
              }),
        };
      }
    }
  },
};
