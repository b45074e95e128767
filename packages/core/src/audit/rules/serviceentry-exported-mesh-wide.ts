import { refOf } from '../../resources';
import { setField } from '../findings/fix';
import type { Rule } from '../rule';

export const serviceentryExportedMeshWide: Rule = {
  id: 'serviceentry/exported-mesh-wide',
  level: 'info',
  title: 'a ServiceEntry is visible to every namespace',
  why: 'an entry without `exportTo` opens its hosts for the whole mesh',
  inputs: [],
  aliases: [],
  tags: ['S44', 'ATT&CK M1037'],
  *check({ mesh, servicesByHost, importers }) {
    for (const entry of mesh.resources.serviceEntries) {
      const services = entry.spec.hosts.flatMap(host =>
        (servicesByHost().get(host.toLowerCase()) ?? []).filter(
          service =>
            service.namespace === entry.metadata.namespace && service.registry === 'external',
        ),
      );
      if (!services.some(service => service.exportTo.includes('*'))) continue;
      const given = entry.spec.exportTo === undefined ? 'by default' : 'by `exportTo: *`';
      const workloads = importers(...services);
      yield {
        object: refOf(entry),
        source: entry.source,
        path: entry.spec.exportTo === undefined ? 'spec' : 'spec.exportTo',
        message: `visible in every namespace ${given}; ${workloads.count} workloads import it`,
        workloads,
        hosts: entry.spec.hosts,
        fix: setField('keep it in its namespace', entry.source, ['spec', 'exportTo'], ['.']),
      };
    }
  },
};
