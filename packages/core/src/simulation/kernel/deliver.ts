import type { Final } from '../../netfilter';
import { unmodelledFor } from '../limits/unmodelled';
import type { PodProxy, PodStack } from '../pod/pod-stack';
import { assumeConfigured } from '../policies/reach-istiod';
import { runProxy } from '../proxy/run-proxy';
import { answerStatic, staticListener } from '../proxy/static-listeners';
import type { Connection, Run } from '../run';
import { requestFacts } from '../server/remote-server';
import type { Exchange } from '../wire/exchange';
import { answerFromWorld } from './outside';

type Delivered = Extract<Final, { readonly kind: 'redirect' | 'tproxy' | 'local' }>;

/** A packet that the kernel delivers to a socket of the pod. */
export interface Delivery {
  readonly stack: PodStack;
  readonly connection: Connection;
  readonly final: Delivered;
}

const agentDnsPort = 15053;

/** What the kernel did with the packet, in the words of the recorded suite: `outbound:15001`. */
export function captureName(proxy: PodProxy | undefined, final: Delivered): string | undefined {
  if (final.kind === 'local') return undefined;
  if (final.port === agentDnsPort) return `dns:${final.port}`;
  const { inboundCapture } = proxy?.program ?? {};
  const inbound = final.kind === 'tproxy' || final.port === (inboundCapture?.port ?? 15006);
  return `${inbound ? 'inbound' : 'outbound'}:${final.port}`;
}

function refuse(delivery: Delivery, run: Run): Exchange {
  const { connection, final, stack } = delivery;
  const { recorder } = run;
  const place = `${final.destination}:${final.port}`;
  const captured = final.kind !== 'local';
  recorder.step({
    kind: 'handover',
    lane: captured ? 'envoy' : 'application',
    title: captured
      ? `the proxy is not running: nobody listens on port ${final.port}`
      : `nothing listens on ${place}`,
    blocks: true,
  });
  if (connection.own) {
    recorder.end('refused');
    const message = captured
      ? `calls are redirected to port ${final.port}, where the proxy does not listen yet or any more`
      : `nothing listens on ${place}`;
    recorder.block(
      captured ? 'before-proxy-start' : 'application-not-listening',
      message,
      stack.workload.origin,
    );
  }
  const down = (run.options.proxyState ?? 'running') !== 'running';
  if (captured && down && connection.own) {
    recorder.permit(() => deliver(run.asRunning(), delivery));
  }
  if (final.kind === 'tproxy') return { kind: 'unreachable', how: 'timeout' };
  return { kind: 'unreachable', how: 'refused' };
}

/** Envoy got the connection: by redirection with its original destination, or by a plain connect to one of its ports. */
function toEnvoy(
  run: Run,
  delivery: Delivery,
  proxy: PodProxy,
  entry: 'outbound' | 'inbound' | 'direct',
): Exchange {
  const { stack, connection, final } = delivery;
  const redirected = final.kind !== 'local';
  const original = redirected
    ? { ip: connection.destination, port: connection.port }
    : { ip: final.destination, port: final.port };
  const direction = entry === 'inbound' ? 'inbound' : 'outbound';
  run.recorder.open({
    place:
      proxy.proxy.type === 'router'
        ? 'gateway'
        : direction === 'inbound'
          ? 'sidecar-inbound'
          : 'sidecar-outbound',
    role: 'hop',
    title: `Envoy ${redirected ? final.port : original.port} of ${stack.namespace}/${stack.name}`,
    identity: proxy.user,
    before: { source: final.source, destination: original.ip, port: original.port },
  });
  if (connection.depth > 8) {
    run.recorder.end('closed-by-proxy');
    run.recorder.block('loop-protection', 'the call goes round in a loop', stack.workload.origin);
    return { kind: 'closed' };
  }
  run.recorder.ignored(unmodelledFor(run.mesh, proxy.proxy, direction));
  if (proxy.proxy.type === 'router' && !connection.own) run.recorder.reason('egress-gateway');
  assumeConfigured(run, stack);
  const { program } = proxy;
  const bootstrap = entry === 'outbound' ? staticListener(proxy, original.port) : undefined;
  if (bootstrap !== undefined && program.listener(original.ip, original.port) === undefined) {
    return answerStatic(run, stack, proxy, bootstrap, connection.payload);
  }
  return runProxy(run, {
    stack,
    proxy,
    original,
    client: final.source,
    direction,
    entry,
    payload: connection.payload,
    depth: connection.depth,
  });
}

function toAgent(run: Run, { connection, final }: Delivery): Exchange {
  const { recorder } = run;
  const { payload } = connection;
  recorder.open({ place: 'agent', role: 'endpoint', title: `pilot-agent ${final.port}` });
  recorder.end('delivered');
  const http = payload.kind === 'http';
  recorder.reach({
    where: 'agent',
    ip: final.destination,
    port: final.port,
    source: final.source,
    tls: false,
    ...(http && requestFacts(payload)),
  });
  if (http) return { kind: 'http', status: 200, by: 'agent' };
  return payload.kind === 'silent' ? { kind: 'silence' } : { kind: 'plain-http-400', by: 'agent' };
}

function toAdmin(run: Run, { connection, final }: Delivery): Exchange {
  const { recorder } = run;
  recorder.open({ place: 'agent', role: 'endpoint', title: `Envoy admin ${final.port}` });
  recorder.end('delivered');
  return connection.payload.kind === 'http'
    ? { kind: 'http', status: 200, by: 'envoy' }
    : { kind: 'plain-http-400', by: 'envoy' };
}

const isLoopback = (ip: string) => ip.startsWith('127.') || ip === '::1';

/** Ports on which the application listens; without knowledge every port that is not the proxy's. */
function applicationListens(run: Run, { final, stack }: Delivery): boolean {
  const { world } = run.options;
  if (world === undefined) return true;
  const declared = stack.spec.containers
    .filter(({ name }) => name !== 'istio-proxy')
    .flatMap(({ ports = [] }) =>
      ports.map(item => ({ port: item.containerPort, address: '0.0.0.0' })),
    );
  return (world.appPorts ?? declared).some(({ port, address }) => {
    if (port !== final.port) return false;
    if (address === '127.0.0.1')
      return isLoopback(final.destination) && !final.destination.includes(':');
    return address.includes(':') === final.destination.includes(':') || address === '::';
  });
}

function toApplication(run: Run, delivery: Delivery): Exchange {
  const { connection, final } = delivery;
  if (!applicationListens(run, delivery)) return refuse(delivery, run);
  return answerFromWorld(
    run,
    { ...connection, destination: final.destination, port: final.port, source: final.source },
    'pod',
  );
}

/** The bound listener of a Sidecar or gateway that has this address and port. */
function boundListener(proxy: PodProxy, ip: string, port: number): boolean {
  const wildcard = ip.includes(':') ? '::' : '0.0.0.0';
  return [ip, wildcard].some(address => proxy.program.listener(address, port)?.bindToPort === true);
}

/** Hands a connection to whoever has the socket: Envoy, the agent or the application. */
export function deliver(run: Run, delivery: Delivery): Exchange {
  const { stack, final } = delivery;
  const { proxy } = stack;
  if (proxy === undefined) {
    return final.kind === 'local' ? toApplication(run, delivery) : refuse(delivery, run);
  }
  const running = (run.options.proxyState ?? 'running') === 'running';
  if (final.port === proxy.agentPort) return toAgent(run, delivery);
  const { outboundCapture, inboundCapture } = proxy.program;
  const six = final.destination.includes(':');
  const bound = (listener: typeof outboundCapture) =>
    listener !== undefined &&
    listener.port === final.port &&
    (listener.address.includes(':') === six ||
      (listener.additionalAddresses ?? []).some(address => address.includes(':') === six));
  const isOutbound = bound(outboundCapture);
  const isInbound = bound(inboundCapture);
  const bootstrap = staticListener(proxy, final.port);
  const isAdmin = final.port === proxy.adminPort && isLoopback(final.destination);
  const dns = final.port === agentDnsPort && proxy.dnsCapture;
  const direct = final.kind === 'local' && boundListener(proxy, final.destination, final.port);
  const ours = isOutbound || isInbound || bootstrap !== undefined || isAdmin || dns || direct;
  const isApplication = final.kind === 'local' && proxy.proxy.type === 'sidecar';
  if (!ours) return isApplication ? toApplication(run, delivery) : refuse(delivery, run);
  if (!running) return refuse(delivery, run);
  if (isOutbound) return toEnvoy(run, delivery, proxy, 'outbound');
  if (isInbound) return toEnvoy(run, delivery, proxy, 'inbound');
  if (dns) {
    run.recorder.end('delivered');
    return { kind: 'echo' };
  }
  if (direct) return toEnvoy(run, delivery, proxy, 'direct');
  if (bootstrap !== undefined)
    return answerStatic(run, stack, proxy, bootstrap, delivery.connection.payload);
  return toAdmin(run, delivery);
}
