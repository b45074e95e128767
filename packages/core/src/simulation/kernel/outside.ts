import { derive, type Mesh } from '../../mesh';
import { chooseEndpoint, endpointName } from '../alternatives/choose-endpoint';
import { spiffeOf, stackAt } from '../pod/build-stack';
import type { Connection, Run } from '../run';
import { answerConnection, type ServerAddress } from '../server/remote-server';
import type { Exchange } from '../wire/exchange';
import { endpointsBehind, serviceAt } from './endpoint-behind';

const workloadEntryAt = derive(
  mesh => [mesh.resources.workloadEntries],
  mesh =>
    new Map(
      mesh.resources.workloadEntries.map(entry => [entry.spec.address ?? '', entry] as const),
    ),
);

/** Identity of whoever takes mesh TLS at an address, when somebody does. */
function meshIdentityAt(mesh: Mesh, ip: string): string | undefined {
  const stack = stackAt(mesh, ip);
  if (stack !== undefined && stack.tlsMode === 'istio') {
    return spiffeOf(mesh, stack.namespace, stack.serviceAccount);
  }
  const entry = workloadEntryAt(mesh).get(ip);
  if (entry === undefined) return undefined;
  return spiffeOf(mesh, entry.metadata.namespace ?? '', entry.spec.serviceAccount || 'default');
}

/** Addresses that Istio allocated for hosts without one (`PILOT_IP_AUTOALLOCATE_IPV4_PREFIX`): no network routes them. */
const allocatedAddresses = derive(
  mesh => [mesh.services],
  mesh =>
    new Set(
      mesh.services.flatMap(({ autoAllocated: { ipv4, ipv6 } }) =>
        [ipv4, ipv6].filter(address => address !== undefined),
      ),
    ),
);

/** Whether somebody stands at an address, as far as the world or the mesh says. */
function unreachableAt({ mesh, options: { world } }: Run, ip: string): Exchange | undefined {
  if (world?.refusingAddresses?.includes(ip) === true)
    return { kind: 'unreachable', how: 'refused' };
  const nobody = world?.allocatedAddressesAnswer !== true && allocatedAddresses(mesh).has(ip);
  return nobody || world?.silentAddresses?.includes(ip) === true
    ? { kind: 'unreachable', how: 'timeout' }
    : undefined;
}

/** A server that nothing of the mesh describes. */
export function answerFromWorld(
  run: Run,
  connection: Connection,
  where: ServerAddress['where'],
): Exchange {
  const { recorder, options, mesh } = run;
  const { destination: ip, port, payload, source } = connection;
  const { world } = options;
  const unreachable = unreachableAt(run, ip);
  if (unreachable !== undefined) return unreachable;
  const place = `${ip}:${port}`;
  recorder.open({
    place: 'destination',
    role: 'endpoint',
    title: where === 'pod' ? `application on ${place}` : place,
    before: { ...(source !== undefined && { source }), destination: ip, port },
  });
  const servers = world?.otherPods === 'servers';
  const identity = where === 'remote' || servers ? meshIdentityAt(mesh, ip) : undefined;
  if (connection.protocol === 'udp') return answerUdp(run, connection, where);
  if (where === 'remote') noteRemote(run, connection);
  const answer = answerConnection(
    world,
    {
      where,
      ip,
      port,
      ...(source !== undefined && { source }),
      ...(identity !== undefined && { meshIdentity: identity }),
    },
    payload,
  );
  const failed = answer.reached.handshake === 'failed' && !connection.own;
  recorder.step({
    kind: 'handover',
    lane: where === 'pod' ? 'application' : 'outside',
    title: failed ? `the TLS handshake with ${place} fails` : `${place} gets the connection`,
  });
  // whose handshake failed the proxy before it knows
  if (!failed) recorder.end('delivered');
  recorder.reach(answer.reached);
  if (world === undefined) assumeAnswers(run, where);
  return answer.exchange;
}

/** CONNECT hides where the call goes on to; plain HTTP from a proxy to a TLS port is an origination that is missing. */
function noteRemote({ recorder, options }: Run, { payload, port, own }: Connection): void {
  const asked = payload.kind === 'tls' ? payload.inner : payload;
  if (asked.kind === 'connect') recorder.reason('egress-proxy');
  const wantsTls = port === 443 || options.world?.tlsOnlyPorts?.includes(port) === true;
  if (payload.kind === 'http' && wantsTls && !own) recorder.reason('missing-tls-origination');
}

function assumeAnswers({ recorder }: Run, where: ServerAddress['where']): void {
  recorder.assume(
    where === 'pod'
      ? { code: 'application-assumed', message: 'the application listens on this port and answers' }
      : {
          code: 'outside-assumed',
          message:
            'the destination is up, speaks what the client speaks and shows a valid certificate',
        },
  );
}

function answerUdp(run: Run, connection: Connection, where: ServerAddress['where']): Exchange {
  const { recorder, options } = run;
  const { destination: ip, port, source } = connection;
  const ports = options.world?.udpPorts;
  if (ports !== undefined && !ports.includes(port)) return { kind: 'silence' };
  recorder.step({ kind: 'handover', lane: 'outside', title: `${ip}:${port} gets the datagram` });
  recorder.end('delivered');
  recorder.reach({
    where,
    ip,
    port,
    tls: false,
    protocol: 'udp',
    ...(source !== undefined && { source }),
  });
  if (options.world === undefined) assumeAnswers(run, where);
  return { kind: 'echo' };
}

export type NextHop =
  | { readonly kind: 'pod'; readonly ip: string; readonly port: number }
  /** `ip` is that of the endpoint, where a Service stands before it. */
  | { readonly kind: 'server'; readonly ip: string; readonly port: number }
  | { readonly kind: 'no-endpoint'; readonly service: string };

/** Who takes a packet that has left a pod: another pod, behind a cluster IP or not, or a server outside. */
export function nextHop(run: Run, ip: string, port: number): NextHop {
  const { mesh, options, recorder } = run;
  const servers = options.world?.otherPods === 'servers';
  const direct = { kind: 'server', ip, port } as const;
  if (servers) return direct;
  if (stackAt(mesh, ip) !== undefined) return { kind: 'pod', ip, port };
  const service = options.world?.withoutKubeProxy === true ? undefined : serviceAt(mesh, ip, port);
  if (service === undefined) return direct;
  const behind = endpointsBehind(mesh, ip, port);
  const endpoint = chooseEndpoint(
    run,
    behind.map(item => ({ ip: item.address, port: item.port })),
  );
  if (endpoint === undefined) return { kind: 'no-endpoint', service: service.hostname };
  recorder.step({
    kind: 'redirect',
    lane: 'outside',
    title: `kube-proxy sends ${ip}:${port} to ${endpointName(endpoint)}`,
    origin: service.origin,
  });
  if (stackAt(mesh, endpoint.ip) === undefined)
    return { ...direct, ip: endpoint.ip, port: endpoint.port };
  return { kind: 'pod', ip: endpoint.ip, port: endpoint.port };
}
