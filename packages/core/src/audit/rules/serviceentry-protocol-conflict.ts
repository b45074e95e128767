import { groupBy } from '../group-by';
import type { Rule } from '../rule';
import { placeOf } from '../rule';

export const serviceentryProtocolConflict: Rule = {
  id: 'serviceentry/protocol-conflict',
  level: 'warning',
  title: 'one host and port with two protocols',
  why: 'only one protocol can be in force for a proxy; the entry that comes later loses',
  inputs: [],
  aliases: ['IST0177', 'KIA1212'],
  tags: ['S42'],
  *check({ servicesByHost }) {
    for (const [host, services] of servicesByHost()) {
      const external = services.filter(service => service.registry === 'external');
      const ports = groupBy(
        external.flatMap(service => service.ports.map(port => ({ service, port }))),
        ({ port }) => port.port,
      );
      for (const [number, uses] of ports) {
        const protocols = [...new Set(uses.map(({ port }) => port.protocol))].sort();
        if (protocols.length < 2) continue;
        for (const { service, port } of uses) {
          const place = placeOf(port.origin);
          if (place === undefined) continue;
          yield {
            ...place,
            port: port.port,
            message: `\`${host}\` port ${number} is ${protocols.join(' and ')} in different entries; here ${port.protocol} in \`${service.namespace}\``,
            hosts: [host],
          };
        }
      }
    }
  },
};
