import { refOf } from '../../resources';
import { isHttpPort } from '../entry-protocol';
import type { Rule } from '../rule';
import { originatesTls } from '../tls-origination';

export const egressPlainHttpExternal: Rule = {
  id: 'egress/plain-http-external',
  level: 'warning',
  title: 'plain HTTP leaves to an external host',
  why: 'what is sent can be read and changed on the way',
  inputs: [],
  aliases: [],
  tags: ['S13'],
  *check({ mesh }) {
    for (const entry of mesh.resources.serviceEntries) {
      if (entry.spec.location !== 'MESH_EXTERNAL') continue;
      for (const [index, port] of entry.spec.ports.entries()) {
        if (!isHttpPort(port.protocol) || originatesTls(mesh, entry, port.number)) continue;
        if ((port.targetPort ?? port.number) === 443) continue;
        yield {
          object: refOf(entry),
          source: entry.source,
          path: `spec.ports.${index}`,
          message: `port ${port.number} of \`${entry.spec.hosts.join(', ')}\` is ${port.protocol} without TLS origination`,
          hosts: entry.spec.hosts,
        };
      }
    }
  },
};
