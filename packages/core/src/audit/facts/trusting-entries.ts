import { refOf } from '../../resources';
import type { AuditContext } from '../audit-context';
import { setField } from '../findings/fix';
import type { Hit } from '../rule';

/**
 * Ports of ServiceEntries that let the client choose the destination: with resolution NONE and no address the connection goes
 * where the client dialled, whatever name it gives. `claim` says how it gives the first host's name.
 */
export function* trustingEntries(
  { mesh }: AuditContext,
  asks: (protocol: string) => boolean,
  claim: (host: string) => string,
): Iterable<Hit> {
  for (const entry of mesh.resources.serviceEntries) {
    const { resolution, hosts, ports, addresses } = entry.spec;
    if (resolution !== 'NONE' || addresses.length > 0) continue;
    const canResolve = !hosts.some(host => host.startsWith('*'));
    const path = ['spec', 'resolution'];
    for (const { protocol, number } of ports) {
      if (!asks(protocol)) continue;
      yield {
        object: refOf(entry),
        source: entry.source,
        path: 'spec.resolution',
        port: number,
        message: `any address on port ${number} is reached by a client that sends ${claim(hosts[0] ?? '')}`,
        hosts,
        ...(canResolve && {
          fix: setField('let the proxy resolve the name', entry.source, path, 'DNS'),
        }),
      };
    }
  }
}
