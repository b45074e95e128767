import { refOf } from '../../resources';
import type { Rule } from '../rule';

export const serviceentryUnused: Rule = {
  id: 'serviceentry/unused',
  level: 'info',
  title: 'nobody can use the entry',
  why: 'it is visible to no workload: exportTo or every Sidecar leaves it out, or another entry for its host wins',
  inputs: ['workloads'],
  aliases: [],
  tags: [],
  *check({ mesh, servicesByHost, importing }) {
    for (const entry of mesh.resources.serviceEntries) {
      const services = entry.spec.hosts.flatMap(host =>
        (servicesByHost().get(host.toLowerCase()) ?? []).filter(
          service =>
            service.registry === 'external' && service.namespace === entry.metadata.namespace,
        ),
      );
      if (importing(services).length > 0) continue;
      yield {
        object: refOf(entry),
        source: entry.source,
        path: 'spec',
        message: 'no workload imports it',
        hosts: entry.spec.hosts,
      };
    }
  },
};
