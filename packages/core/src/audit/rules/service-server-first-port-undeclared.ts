import type { Rule } from '../rule';
import { placeOf } from '../rule';

/** Ports of protocols in which the server speaks first, without those that Istio knows itself (25, 53, 3306, 27017). */
const serverFirst: ReadonlyMap<number, string> = new Map([
  [21, 'FTP'],
  [22, 'SSH'],
  [110, 'POP3'],
  [143, 'IMAP'],
  [587, 'SMTP'],
  [5433, 'PostgreSQL'],
  [3307, 'MySQL'],
  [33060, 'MySQL X'],
]);

export const serviceServerFirstPortUndeclared: Rule = {
  id: 'service/server-first-port-undeclared',
  level: 'warning',
  title: 'a server-first protocol on a port that is sniffed',
  why: "the sidecar waits for the client's first bytes, the client waits for the server: the call hangs",
  inputs: [],
  aliases: [],
  tags: ['S27'],
  *check({ mesh, importers }) {
    for (const service of mesh.services) {
      for (const port of service.ports) {
        if (port.protocol !== 'Unsupported' || !serverFirst.has(port.port)) continue;
        const place = placeOf(port.origin);
        if (place === undefined) continue;
        yield {
          ...place,
          port: port.port,
          message: `port ${port.port} is a ${serverFirst.get(port.port)} port and its protocol is not declared`,
          workloads: importers(service),
          hosts: [service.hostname],
        };
      }
    }
  },
};
