import { isHttp, type MeshService, servicesOnPort, unspecifiedAddress } from '../../mesh';
import { isTcpPort } from '../facts/entry-protocol';
import { unionOf } from '../findings/workload-set';
import type { Rule } from '../rule';
import { placeOf } from '../rule';

const isHttpOn = (service: MeshService, number: number) =>
  service.ports.some(port => port.port === number && isHttp(port.protocol));

export const serviceentryTcpOnHttpPort: Rule = {
  id: 'serviceentry/tcp-on-http-port',
  level: 'error',
  title: 'a TCP entry on a port that is HTTP',
  why: 'the port has an HTTP listener for the same proxies: the TCP entry gets no connection of its own, plain HTTP to it ends in 502 or at another host',
  inputs: ['workloads'],
  aliases: [],
  tags: ['S22'],
  *check({ scopes }) {
    for (const { scope, workloads } of scopes()) {
      for (const egress of scope.egress) {
        for (const service of egress.services) {
          if (service.registry !== 'external' || service.defaultAddress !== unspecifiedAddress)
            continue;
          for (const port of service.ports.filter(item => isTcpPort(item.protocol))) {
            const owner = servicesOnPort(egress, port.port).find(
              other => other !== service && isHttpOn(other, port.port),
            );
            const place = placeOf(port.origin);
            if (owner === undefined || place === undefined) continue;
            yield {
              ...place,
              port: port.port,
              message: `port ${port.port} is HTTP for \`${owner.hostname}\``,
              workloads: unionOf([{ workloads }]),
              hosts: [service.hostname],
            };
          }
        }
      }
    }
  },
};
