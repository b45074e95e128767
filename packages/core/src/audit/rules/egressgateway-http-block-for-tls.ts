import { isTls } from '../../mesh';
import { refOf } from '../../resources';
import { egressRoutes } from '../facts/egress-routes';
import type { Rule } from '../rule';

export const egressgatewayHttpBlockForTls: Rule = {
  id: 'egressgateway/http-block-for-tls',
  level: 'error',
  title: 'a TLS host is routed under `http`',
  why: 'the route never sees TLS: the call leaves the pod directly, or is closed',
  inputs: [],
  aliases: [],
  tags: ['S60', 'PCI DSS 1.3.2', 'NSA/CISA'],
  *check({ mesh, servicesByHost }) {
    for (const { service } of egressRoutes(mesh)) {
      if (service.spec.http.length === 0 || service.spec.tls.length > 0) continue;
      for (const [index, host] of service.spec.hosts.entries()) {
        const ports = (servicesByHost().get(host.toLowerCase()) ?? []).flatMap(item => item.ports);
        if (ports.length === 0 || !ports.every(port => isTls(port.protocol))) continue;
        yield {
          object: refOf(service),
          source: service.source,
          path: `spec.hosts.${index}`,
          message: `\`${host}\` has only TLS ports; its routes are under \`http\``,
          hosts: [host],
        };
      }
    }
  },
};
