import { ipFamily, parseIp } from '../../net';
import { type Final, traverse, type Walk } from '../../netfilter';
import { ambientNote } from '../limits/ambient';
import { stackAt } from '../pod/build-stack';
import type { PodStack } from '../pod/pod-stack';
import { passPolicies } from '../policies/pass-policies';
import { endAt, endOfStack } from '../policies/pod-end';
import type { Connection, Run } from '../run';
import type { ConnectFailure } from '../symptom';
import { connectFailure } from '../wire/connect-failure';
import type { Exchange } from '../wire/exchange';
import { bypassReason } from './bypass-reason';
import { captureName, deliver } from './deliver';
import { answerFromWorld, nextHop } from './outside';
import { networkOf, rulesetOf } from './pod-network';
import { recordWalk } from './record-walk';

const unreachable = (how: ConnectFailure): Exchange => ({
  kind: 'unreachable',
  how,
});

function noteCapture(run: Run, stack: PodStack, connection: Connection, walk: Walk): void {
  const { final } = walk;
  const { recorder } = run;
  if (!connection.own) return;
  const delivered = final.kind === 'redirect' || final.kind === 'tproxy' ? final : undefined;
  const name = delivered === undefined ? undefined : captureName(stack.proxy, delivered);
  const destination = parseIp(connection.destination);
  const direct =
    delivered?.port === connection.port && delivered.destination === connection.destination;
  if (name !== undefined && !direct && !waitsForNobody(run, delivered)) recorder.capture(name);
  if (name !== undefined || destination === undefined || final.kind === 'no-packet') return;
  const why = bypassReason(stack, walk, {
    protocol: connection.protocol,
    destination,
    port: connection.port,
  });
  recorder.reason(why.reason);
  recorder.bypassed({
    message: why.message,
    ...(why.origin !== undefined && { origin: why.origin }),
  });
}

/** TPROXY finds no socket while the proxy is down, so nothing is handed over. */
function waitsForNobody(run: Run, final: Final | undefined): boolean {
  return final?.kind === 'tproxy' && (run.options.proxyState ?? 'running') !== 'running';
}

const socketErrors = {
  EINVAL: 'einval',
  ENETUNREACH: 'enetunreach',
  EADDRNOTAVAIL: 'eaddrnotavail',
  EACCES: 'eacces',
} as const;

function dropped(run: Run, connection: Connection, final: Final): Exchange {
  const { recorder } = run;
  if (final.kind === 'no-packet') {
    const message = `the kernel sends no packet: ${final.error}`;
    if (connection.own) {
      recorder.end('not-sent');
      recorder.block('address-not-usable', message);
    }
    return unreachable(socketErrors[final.error]);
  }
  if (connection.own) {
    recorder.end('upstream-failed');
    recorder.block('address-not-usable', 'the kernel drops the packet');
  }
  return unreachable('timeout');
}

function finish(run: Run, stack: PodStack, connection: Connection, walk: Walk): Exchange {
  const { final } = walk;
  switch (final.kind) {
    case 'redirect':
    case 'tproxy':
    case 'local':
      return deliver(run, { stack, connection, final });
    case 'out':
      return leave(run, { ...connection, source: final.source });
    default:
      return dropped(run, connection, final);
  }
}

/** The packet is on the wire. */
function leave(run: Run, connection: Connection): Exchange {
  const { own } = connection;
  const next = nextHop(run, connection.destination, connection.port);
  const isBypass = own && connection.from !== undefined;
  if (isBypass && run.mesh.resources.networkPolicies.length === 0)
    run.recorder.reason('network-policy-not-supplied');
  if (next.kind === 'no-endpoint') {
    run.recorder.block('no-healthy-endpoint', `no pod is behind ${next.service}`);
    run.recorder.end('upstream-failed');
    return unreachable('refused');
  }
  const onward = () =>
    next.kind === 'pod'
      ? arrive(run, { ...connection, destination: next.ip, port: next.port })
      : toServer(run, connection);
  if (connection.from === undefined || !mayBeRestricted(run)) return onward();
  return passPolicies(
    run,
    {
      direction: 'egress',
      pod: connection.from.view,
      peer: endAt(run, next.ip),
      port: next.port,
      protocol: transportOf(connection),
    },
    onward,
  );
}

const mayBeRestricted = ({ mesh, options }: Run) =>
  options.withoutNetworkPolicies !== true && mesh.resources.networkPolicies.length > 0;

const transportOf = ({ protocol }: Connection) => (protocol === 'udp' ? 'UDP' : 'TCP');

function toServer(run: Run, connection: Connection): Exchange {
  const { destination, port, own } = connection;
  const exchange = answerFromWorld(run, connection, 'remote');
  if (exchange.kind === 'unreachable' && own) {
    run.recorder.end(exchange.how === 'refused' ? 'refused' : 'upstream-failed');
    const { reason, message } = connectFailure(exchange.how, { ip: destination, port });
    run.recorder.block(reason, message);
  }
  return exchange;
}

/** A connection comes in to a pod from elsewhere: past the NetworkPolicies of the pod, before its own rules. */
export function arrive(run: Run, connection: Connection): Exchange {
  const { from, source, destination, port } = connection;
  const receiver = mayBeRestricted(run) ? stackAt(run.mesh, destination) : undefined;
  if (receiver === undefined) return enter(run, connection);
  return passPolicies(
    run,
    {
      direction: 'ingress',
      pod: receiver.view,
      peer: from === undefined ? endAt(run, source ?? '') : endOfStack(from, source),
      port,
      protocol: transportOf(connection),
    },
    () => enter(run, connection),
  );
}

function enter(run: Run, connection: Connection): Exchange {
  const stack = stackAt(run.mesh, connection.destination);
  const destination = parseIp(connection.destination);
  const source = parseIp(connection.source ?? '');
  if (stack === undefined || destination === undefined || source === undefined) {
    return answerFromWorld(run, connection, 'remote');
  }
  for (const assumption of stack.assumptions) run.recorder.assume(assumption);
  run.recorder.ignored(ambientNote(run.mesh, stack));
  run.recorder.open({
    place: 'pod-network',
    role: 'endpoint',
    title: `network of ${stack.namespace}/${stack.name}`,
    before: { source, destination, port: connection.port },
  });
  const walk = traverse(rulesetOf(stack), networkOf(stack), {
    origin: 'incoming',
    family: ipFamily(destination),
    protocol: connection.protocol,
    source,
    destination,
    port: connection.port,
    interface: 'eth0',
  });
  recordWalk(run.recorder, walk);
  noteCapture(run, stack, connection, walk);
  return finish(run, stack, connection, walk);
}

/** Opens a connection from where it starts: the kernel's rules first, then whoever has the socket. */
export function dial(run: Run, connection: Connection): Exchange {
  const { from, owner } = connection;
  if (from === undefined) return arrive(run, connection);
  const destination = parseIp(connection.destination);
  if (destination === undefined) return unreachable('timeout');
  const family = ipFamily(destination);
  const source = parseIp(connection.source ?? '');
  const walk = traverse(rulesetOf(from), networkOf(from), {
    origin: 'local',
    family,
    protocol: connection.protocol,
    destination,
    port: connection.port,
    ...(owner !== undefined && { owner }),
    ...(source !== undefined && ipFamily(source) === family && { boundSource: source }),
    ...(connection.mark !== undefined && { mark: connection.mark, transparent: true }),
  });
  recordWalk(run.recorder, walk);
  noteCapture(run, from, connection, walk);
  return finish(run, from, connection, walk);
}
