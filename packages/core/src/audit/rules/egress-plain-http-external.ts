import { refOf } from '../../resources';
import { isHttpPort } from '../facts/entry-protocol';
import { originatesTls } from '../facts/tls-origination';
import type { Rule } from '../rule';

/** Link-local addresses, such as a cloud's metadata server: what is sent there does not leave the machine. */
const staysOnNode = (addresses: readonly string[]) =>
  addresses.length > 0 &&
  addresses.every(address => /^169\.254\.|^fe[89ab][0-9a-f]:/i.test(address));

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
      if (entry.spec.location !== 'MESH_EXTERNAL' || staysOnNode(entry.spec.addresses)) continue;
      for (const [index, port] of entry.spec.ports.entries()) {
        if (!isHttpPort(port.protocol) || originatesTls(mesh, entry, port.number)) continue;
        if ((port.targetPort ?? port.number) === 443) continue;
        yield {
          object: refOf(entry),
          source: entry.source,
          path: `spec.ports.${index}`,
          port: port.number,
          message: `port ${port.number} of \`${entry.spec.hosts.join(', ')}\` is ${port.protocol} without TLS origination`,
          hosts: entry.spec.hosts,
        };
      }
    }
  },
};
