import { isVisible, type Mesh } from '../../mesh';
import { type Labels, refOf, type ServiceEntry } from '../../resources';
import { egressRoutes } from '../egress-routes';
import { selects } from '../istioctl/selector-index';
import type { Rule } from '../rule';

const gatewayNamespaces = (mesh: Mesh, selector: Labels) =>
  mesh.workloads
    .filter(workload => selects(selector, workload.labels))
    .map(workload => workload.ref.namespace);

function seenFrom(mesh: Mesh, entry: ServiceEntry, namespace: string): boolean {
  return mesh.services
    .filter(
      service =>
        service.namespace === entry.metadata.namespace &&
        entry.spec.hosts.includes(service.hostname),
    )
    .some(service => isVisible(service, namespace));
}

export const egressgatewayConfigNotExported: Rule = {
  id: 'egressgateway/config-not-exported',
  level: 'error',
  title: 'the gateway cannot see the entry',
  why: 'the gateway is a proxy in another namespace: without the entry it has no cluster for the host',
  inputs: [],
  aliases: [],
  tags: ['S43'],
  *check({ mesh }) {
    const gateways = new Map(
      mesh.resources.gateways.map(item => [
        `${item.metadata.namespace}/${item.metadata.name}`,
        item,
      ]),
    );
    for (const { service, gateways: names } of egressRoutes(mesh)) {
      const namespaces = names.flatMap(name => {
        const gateway = gateways.get(
          name.includes('/') ? name : `${service.metadata.namespace}/${name}`,
        );
        return gateway === undefined ? [] : gatewayNamespaces(mesh, gateway.spec.selector);
      });
      for (const entry of mesh.resources.serviceEntries) {
        const hosts = entry.spec.hosts.filter(host => service.spec.hosts.includes(host));
        if (hosts.length === 0) continue;
        const blind = [...new Set(namespaces)].filter(
          namespace => !seenFrom(mesh, entry, namespace),
        );
        if (blind.length === 0) continue;
        yield {
          object: refOf(entry),
          source: entry.source,
          path: 'spec.exportTo',
          message: `not exported to \`${blind.join(', ')}\`, where the gateway runs`,
          hosts,
        };
      }
    }
  },
};
