import { getOrMake, isVisible, type Mesh, pushTo } from '../../mesh';
import { type Gateway, type Labels, refOf, type ServiceEntry } from '../../resources';
import type { AuditContext } from '../audit-context';
import { egressRoutes } from '../facts/egress-routes';
import { selects } from '../istioctl/selector-index';
import type { Rule } from '../rule';

const gatewayNamespaces = (mesh: Mesh, selector: Labels): readonly string[] => [
  ...new Set(
    mesh.workloads
      .filter(workload => selects(selector, workload.labels))
      .map(workload => workload.ref.namespace),
  ),
];

function seenFrom({ servicesByHost }: AuditContext, entry: ServiceEntry, namespace: string) {
  return entry.spec.hosts
    .flatMap(host => servicesByHost().get(host.toLowerCase()) ?? [])
    .filter(service => service.namespace === entry.metadata.namespace)
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
  *check(context) {
    const { mesh } = context;
    const gateways = new Map(
      mesh.resources.gateways.map(item => [
        `${item.metadata.namespace}/${item.metadata.name}`,
        item,
      ]),
    );
    const namespaces = new Map<Gateway, readonly string[]>();
    const namespacesOf = (gateway: Gateway) =>
      getOrMake(namespaces, gateway, () => gatewayNamespaces(mesh, gateway.spec.selector));
    const entries = new Map<string, ServiceEntry[]>();
    for (const entry of mesh.resources.serviceEntries) {
      for (const host of entry.spec.hosts) pushTo(entries, host, entry);
    }
    for (const { service, gateways: names } of egressRoutes(mesh)) {
      const running = names.flatMap(name => {
        const gateway = gateways.get(
          name.includes('/') ? name : `${service.metadata.namespace}/${name}`,
        );
        return gateway === undefined ? [] : namespacesOf(gateway);
      });
      const named = service.spec.hosts.flatMap(host => entries.get(host) ?? []);
      for (const entry of new Set(named)) {
        const hosts = entry.spec.hosts.filter(host => service.spec.hosts.includes(host));
        const blind = [...new Set(running)].filter(
          namespace => !seenFrom(context, entry, namespace),
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
