import type { VirtualServiceSpec } from '../../resources';
import { refOf } from '../../resources';
import { bindsMesh, leadsToGateway } from '../facts/egress-routes';
import type { Rule } from '../rule';

/** Ports that the rules of sidecars name; `undefined` when a rule holds for every port. */
function routedPorts({ http, tls, tcp }: VirtualServiceSpec): ReadonlySet<number> | undefined {
  const ports = new Set<number>();
  for (const rule of [...http, ...tls, ...tcp]) {
    if (rule.match.length === 0) return undefined;
    for (const match of rule.match) {
      const forMesh = match.gateways === undefined || match.gateways.includes('mesh');
      if (!forMesh) continue;
      if (match.port === undefined) return undefined;
      ports.add(match.port);
    }
  }
  return ports;
}

export const egressgatewayRouteIncompletePort: Rule = {
  id: 'egressgateway/route-incomplete-port',
  level: 'error',
  title: 'one port goes through the gateway, another directly',
  why: 'the route names some ports of the host; the others leave from the pod itself',
  inputs: [],
  aliases: [],
  tags: ['S60', 'PCI DSS 1.3.2', 'NSA/CISA'],
  *check({ mesh, servicesByHost }) {
    for (const service of mesh.resources.virtualServices) {
      if (!bindsMesh(service) || !leadsToGateway(mesh, service)) continue;
      const routed = routedPorts(service.spec);
      if (routed === undefined) continue;
      for (const [index, host] of service.spec.hosts.entries()) {
        const ports = (servicesByHost().get(host.toLowerCase()) ?? []).flatMap(item => item.ports);
        const direct = [...new Set(ports.map(port => port.port).filter(port => !routed.has(port)))];
        if (direct.length === 0 || direct.length === ports.length) continue;
        yield {
          object: refOf(service),
          source: service.source,
          path: `spec.hosts.${index}`,
          message: `port ${direct.join(', ')} of \`${host}\` does not go through the gateway`,
          hosts: [host],
        };
      }
    }
  },
};
