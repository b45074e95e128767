import { refOf } from '../../resources';
import { isHttpPort } from '../facts/entry-protocol';
import { setField } from '../findings/fix';
import type { Rule } from '../rule';

export const serviceentryResolutionNoneHttp: Rule = {
  id: 'serviceentry/resolution-none-http',
  level: 'warning',
  title: 'resolution NONE trusts the client about the destination',
  why: 'the connection goes to the address that the client dialled; the Host header or server name only has to match',
  inputs: [],
  aliases: [],
  tags: ['S30', 'ATT&CK M1037'],
  *check({ mesh }) {
    for (const entry of mesh.resources.serviceEntries) {
      const { resolution, hosts, ports, addresses } = entry.spec;
      if (resolution !== 'NONE' || addresses.length > 0) continue;
      for (const port of ports) {
        if (!isHttpPort(port.protocol)) continue;
        yield {
          object: refOf(entry),
          source: entry.source,
          path: 'spec.resolution',
          port: port.number,
          message: `any address on port ${port.number} is reached by a client that sends \`Host: ${hosts[0] ?? ''}\``,
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
