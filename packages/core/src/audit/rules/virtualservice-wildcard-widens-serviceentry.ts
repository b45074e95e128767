import { refOf } from '../../resources';
import type { Rule } from '../rule';

export const virtualserviceWildcardWidensServiceentry: Rule = {
  id: 'virtualservice/wildcard-widens-serviceentry',
  level: 'warning',
  title: 'a wildcard route opens more than the entry',
  why: 'under REGISTRY_ONLY the route also lets through hosts of the wildcard that no entry names',
  inputs: [],
  aliases: [],
  tags: ['S29', 'ATT&CK M1037'],
  *check({ mesh, servicesByHost, hosts }) {
    for (const service of mesh.resources.virtualServices) {
      for (const [index, host] of service.spec.hosts.entries()) {
        if (!host.startsWith('*.') || servicesByHost().has(host.toLowerCase())) continue;
        const covered = hosts().below(host.toLowerCase());
        if (covered.length === 0) continue;
        yield {
          object: refOf(service),
          source: service.source,
          path: `spec.hosts.${index}`,
          message: `\`${host}\` routes every name below it; registered are only ${covered
            .slice(0, 3)
            .map(name => `\`${name}\``)
            .join(', ')}`,
          hosts: [host],
        };
      }
    }
  },
};
