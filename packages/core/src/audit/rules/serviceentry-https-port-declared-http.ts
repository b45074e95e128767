import { refOf } from '../../resources';
import { isHttpPort } from '../facts/entry-protocol';
import { setField } from '../findings/fix';
import type { Rule } from '../rule';

export const serviceentryHttpsPortDeclaredHttp: Rule = {
  id: 'serviceentry/https-port-declared-http',
  level: 'error',
  title: 'port 443 is declared HTTP',
  why: 'TLS of every other host on 443 is then read as HTTP by the workloads that import the entry',
  inputs: [],
  aliases: [],
  tags: ['S10'],
  *check({ mesh, servicesByHost, importers }) {
    for (const entry of mesh.resources.serviceEntries) {
      for (const [index, port] of entry.spec.ports.entries()) {
        if (port.number !== 443 || !isHttpPort(port.protocol)) continue;
        const workloads = importers(
          ...entry.spec.hosts.flatMap(host =>
            (servicesByHost().get(host.toLowerCase()) ?? []).filter(
              service => service.namespace === entry.metadata.namespace,
            ),
          ),
        );
        yield {
          object: refOf(entry),
          source: entry.source,
          path: `spec.ports.${index}.protocol`,
          port: port.number,
          message: `port 443 of \`${entry.spec.hosts.join(', ')}\` is ${port.protocol}`,
          workloads,
          hosts: entry.spec.hosts,
          fix: setField(
            'declare it TLS',
            entry.source,
            ['spec', 'ports', index, 'protocol'],
            'TLS',
          ),
        };
      }
    }
  },
};
