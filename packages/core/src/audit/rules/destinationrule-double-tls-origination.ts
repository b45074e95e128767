import { refOf } from '../../resources';
import { isTlsPort } from '../facts/entry-protocol';
import { rulesForHost, tlsFor } from '../facts/tls-origination';
import type { Rule } from '../rule';

export const destinationruleDoubleTlsOrigination: Rule = {
  id: 'destinationrule/double-tls-origination',
  level: 'error',
  title: 'TLS inside TLS',
  why: 'the client already speaks TLS and the rule makes the sidecar wrap it once more; the server answers with a TLS error',
  inputs: [],
  aliases: [],
  tags: ['S12'],
  *check({ mesh }) {
    for (const entry of mesh.resources.serviceEntries) {
      for (const port of entry.spec.ports.filter(item => isTlsPort(item.protocol))) {
        for (const host of entry.spec.hosts) {
          for (const rule of rulesForHost(mesh, host)) {
            const mode = tlsFor(rule, port.number)?.mode;
            if (mode !== 'SIMPLE' && mode !== 'MUTUAL') continue;
            yield {
              object: refOf(rule),
              source: rule.source,
              path: 'spec.trafficPolicy',
              port: port.number,
              message: `${mode} on port ${port.number} of \`${host}\`, which is ${port.protocol} already`,
              hosts: [host],
            };
          }
        }
      }
    }
  },
};
