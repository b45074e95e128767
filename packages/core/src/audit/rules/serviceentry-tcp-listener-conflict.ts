import {
  type EgressScope,
  type MeshService,
  type MeshServicePort,
  unspecifiedAddress,
} from '../../mesh';
import { isTcpPort } from '../facts/entry-protocol';
import { unionOf } from '../findings/workload-set';
import { groupBy } from '../group-by';
import type { Rule } from '../rule';
import { placeOf } from '../rule';

interface Claim {
  readonly service: MeshService;
  readonly port: MeshServicePort;
}

/** TCP ports without an address of their own, in the scope's order: the first one owns the listener. */
function claimsByPort(egress: EgressScope): ReadonlyMap<number, readonly Claim[]> {
  const claims = egress.services
    .filter(
      service => service.registry === 'external' && service.defaultAddress === unspecifiedAddress,
    )
    .flatMap(service =>
      service.ports.filter(port => isTcpPort(port.protocol)).map(port => ({ service, port })),
    );
  return groupBy(claims, ({ port }) => port.port);
}

export const serviceentryTcpListenerConflict: Rule = {
  id: 'serviceentry/tcp-listener-conflict',
  level: 'error',
  title: 'two TCP entries want one listener',
  why: 'without addresses both listen on 0.0.0.0; the older one gets every connection, the other none',
  inputs: ['workloads'],
  aliases: [],
  tags: ['S21'],
  *check({ scopes }) {
    for (const { scope, workloads, proxy } of scopes()) {
      for (const egress of scope.egress) {
        for (const claims of claimsByPort(egress).values()) {
          const [owner, ...losers] = claims;
          if (owner === undefined || proxy.metadata.DNS_CAPTURE === 'true') continue;
          for (const { service, port } of losers) {
            const place = placeOf(port.origin);
            if (place === undefined || service.hostname === owner.service.hostname) continue;
            yield {
              ...place,
              port: port.port,
              message: `port ${port.port} belongs to \`${owner.service.hostname}\`, which is older; \`${service.hostname}\` gets nothing`,
              workloads: unionOf([{ workloads }]),
              hosts: [service.hostname],
            };
          }
        }
      }
    }
  },
};
