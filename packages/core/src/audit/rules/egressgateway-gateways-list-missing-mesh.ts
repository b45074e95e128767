import { refOf } from '../../resources';
import { boundElsewhere, egressRoutes, isExternal, reachedElsewhere } from '../facts/egress-routes';
import type { Rule } from '../rule';

export const egressgatewayGatewaysListMissingMesh: Rule = {
  id: 'egressgateway/gateways-list-missing-mesh',
  level: 'error',
  title: 'an egress route with one hop missing',
  why: 'without `mesh` sidecars do not send to the gateway; without the gateway it has no route for what arrives',
  inputs: [],
  aliases: [],
  tags: ['S60', 'PCI DSS 1.3.2', 'NSA/CISA'],
  *check({ mesh }) {
    for (const { service, gateways, kind } of egressRoutes(mesh)) {
      const inMesh = service.spec.gateways.length === 0 || service.spec.gateways.includes('mesh');
      const external = service.spec.hosts.filter(host => isExternal(mesh, host));
      if (external.length === 0) continue;
      if (kind === 'gateway-only' && !inMesh && !reachedElsewhere(mesh, service, external)) {
        yield {
          object: refOf(service),
          source: service.source,
          path: 'spec.gateways',
          message: `bound to \`${gateways.join(', ')}\` only: sidecars do not send these hosts there`,
          hosts: external,
        };
      }
      if (
        kind === 'mesh-only' &&
        gateways.length === 0 &&
        !boundElsewhere(mesh, service, external)
      ) {
        yield {
          object: refOf(service),
          source: service.source,
          path: 'spec.gateways',
          message: 'sidecars send these hosts to the gateway, which has no route for them',
          hosts: external,
        };
      }
    }
  },
};
