import { isVisible } from '../../mesh';
import { unionOf } from '../findings/workload-set';
import { groupBy } from '../group-by';
import type { Rule } from '../rule';
import { placeOf } from '../rule';

export const serviceentryShadowedByNamespaceLocal: Rule = {
  id: 'serviceentry/shadowed-by-namespace-local',
  level: 'warning',
  title: 'an entry of the own namespace hides ports of another',
  why: 'a client takes the entry of its own namespace alone: ports that only the other entry has are unknown to it',
  inputs: [],
  aliases: [],
  tags: ['S40'],
  *check({ mesh, servicesByHost }) {
    const byNamespace = groupBy(mesh.workloads, ({ ref }) => ref.namespace);
    for (const [host, services] of servicesByHost()) {
      for (const own of services.filter(service => service.registry === 'external')) {
        const others = services.filter(
          other => other.namespace !== own.namespace && isVisible(other, own.namespace),
        );
        const ports = new Set(own.ports.map(port => port.port));
        const lost = others.flatMap(other => other.ports).filter(port => !ports.has(port.port));
        const place = placeOf(own.origin);
        if (lost.length === 0 || place === undefined) continue;
        const numbers = [...new Set(lost.map(port => port.port))].sort((a, b) => a - b);
        yield {
          ...place,
          message: `in \`${own.namespace}\` \`${host}\` has only the ports of this entry; ${numbers.join(', ')} of other namespaces are not merged`,
          workloads: unionOf([{ workloads: byNamespace.get(own.namespace) ?? [] }]),
          hosts: [host],
        };
      }
    }
  },
};
