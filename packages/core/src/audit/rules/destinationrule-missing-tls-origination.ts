import { refOf } from '../../resources';
import { isHttpPort } from '../facts/entry-protocol';
import { originatesTls } from '../facts/tls-origination';
import type { Rule } from '../rule';

const tlsRule = (name: string, namespace: string, host: string, port: number) => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'DestinationRule',
  metadata: { name: `${name}-tls`, namespace },
  spec: {
    host,
    trafficPolicy: {
      portLevelSettings: [
        { port: { number: port }, tls: { mode: 'SIMPLE', sni: host, caCertificates: 'system' } },
      ],
    },
  },
});

export const destinationruleMissingTlsOrigination: Rule = {
  id: 'destinationrule/missing-tls-origination',
  level: 'warning',
  title: 'plain HTTP to a TLS port',
  why: 'the port leads to 443 but nothing originates TLS: the server answers 400',
  inputs: [],
  aliases: [],
  tags: ['S13'],
  *check({ mesh }) {
    for (const entry of mesh.resources.serviceEntries) {
      for (const [index, port] of entry.spec.ports.entries()) {
        if (!isHttpPort(port.protocol) || (port.targetPort ?? port.number) !== 443) continue;
        if (originatesTls(mesh, entry, port.number)) continue;
        const [host = ''] = entry.spec.hosts;
        yield {
          object: refOf(entry),
          source: entry.source,
          path: `spec.ports.${index}`,
          port: port.number,
          message: `HTTP on port ${port.number} goes to 443 of \`${host}\` without TLS`,
          hosts: entry.spec.hosts,
          fix: {
            title: 'originate TLS',
            edits: [],
            create: [
              tlsRule(entry.metadata.name, entry.metadata.namespace ?? '', host, port.number),
            ],
          },
        };
      }
    }
  },
};
