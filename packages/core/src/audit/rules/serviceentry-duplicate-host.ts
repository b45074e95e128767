import type { Rule } from '../rule';
import { placeOf } from '../rule';

export const serviceentryDuplicateHost: Rule = {
  id: 'serviceentry/duplicate-host',
  level: 'warning',
  title: 'one host in several namespaces',
  why: "each client gets one of the entries: its own namespace's, else the oldest that it can see",
  inputs: [],
  aliases: ['KIA1211'],
  tags: ['S41'],
  *check({ servicesByHost, importers }) {
    for (const [host, services] of servicesByHost()) {
      const external = services.filter(service => service.registry === 'external');
      const namespaces = [...new Set(external.map(service => service.namespace))];
      if (namespaces.length < 2) continue;
      for (const namespace of namespaces) {
        const own = external.filter(service => service.namespace === namespace);
        const place = own[0] === undefined ? undefined : placeOf(own[0].origin);
        if (place === undefined) continue;
        const users = importers(...own);
        const others = namespaces.filter(other => other !== namespace).map(other => `\`${other}\``);
        yield {
          ...place,
          message: `\`${host}\` is also in ${others.join(', ')}; ${users.count} workloads get this one`,
          workloads: users,
          hosts: [host],
        };
      }
    }
  },
};
