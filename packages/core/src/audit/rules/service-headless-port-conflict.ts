import { isTcpPort } from '../facts/entry-protocol';
import { groupBy } from '../group-by';
import type { Rule } from '../rule';
import { placeOf } from '../rule';

export const serviceHeadlessPortConflict: Rule = {
  id: 'service/headless-port-conflict',
  level: 'warning',
  title: 'headless TCP ports share the wildcard address',
  why: 'several headless Services on one TCP port share a listener on 0.0.0.0; the first one wins',
  inputs: ['services'],
  aliases: [],
  tags: ['S46'],
  *check({ mesh }) {
    const ports = groupBy(
      mesh.services
        .filter(
          service => service.registry === 'kubernetes' && service.resolution === 'Passthrough',
        )
        .flatMap(service =>
          service.ports.filter(port => isTcpPort(port.protocol)).map(port => ({ service, port })),
        ),
      ({ port }) => port.port,
    );
    for (const [number, uses] of ports) {
      if (new Set(uses.map(({ service }) => service.hostname)).size < 2) continue;
      for (const { service, port } of uses) {
        const place = placeOf(port.origin);
        if (place === undefined) continue;
        yield {
          ...place,
          port: port.port,
          message: `port ${number} is also used by ${uses.length - 1} other headless Services`,
          hosts: [service.hostname],
        };
      }
    }
  },
};
