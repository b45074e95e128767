import { type EnvoyCall, type EnvoyWalk, runCall } from '../../envoy';
import { compileProxy } from '../../pilot';
import { endpointBehind } from '../kernel/endpoint-behind';
import { stackAt } from '../pod/build-stack';
import type { Run } from '../run';
import { connectFailure } from '../wire/connect-failure';
import type { Payload } from '../wire/payload';
import { noteFurther } from './notes/note-outcome';
import { hiddenOwner } from './notes/note-registry';
import { recordSteps } from './notes/record-steps';
import { isUnknownTraffic } from './notes/unknown-traffic';
import { bytesFor, chosenCluster } from './upstream/choose-cluster';
import { sendUpstream } from './upstream/send-upstream';
import type { EnvoyPlace } from './upstream/upstream-hosts';

/** Envoys after which a walk in permit mode follows no further block of theirs. */
const furthest = 4;

/** The cluster that the walk found in permit mode, when it can be dialled. */
function usableCluster(run: Run, walk: EnvoyWalk) {
  const dead = walk.steps.some(({ ends }) => ends === 'no-cluster' || ends === 'no-healthy-host');
  return dead ? undefined : chosenCluster(run, walk)?.cluster;
}

const isLoop = ({ filterChain }: EnvoyWalk) => filterChain?.name?.endsWith('-blackhole') === true;

/** Mesh TLS around the bytes when a pod takes it at this address, as for a registered destination. */
function asRegistered(run: Run, place: EnvoyPlace, payload: Payload): Payload {
  const { ip, port } = place.original;
  const stack = stackAt(run.mesh, endpointBehind(run.mesh, ip, port)?.address ?? ip);
  if (
    stack === undefined ||
    stack.tlsMode !== 'istio' ||
    run.options.world?.otherPods === 'servers'
  )
    return payload;
  return {
    kind: 'tls',
    alpn:
      payload.kind === 'http'
        ? ['istio-http/1.1', 'istio', 'http/1.1']
        : ['istio-peer-exchange', 'istio'],
    clientCertificate: place.proxy.spiffe,
    verify: { kind: 'mesh' },
    inner: payload,
  };
}

/** Says on which assumption the walk goes on. */
function suppose(run: Run, title: string): void {
  run.recorder.step({ kind: 'handover', lane: 'envoy', title });
}

/** The connection that Envoy would make to the address dialled. */
function dialAsGiven(run: Run, place: EnvoyPlace, payload: Payload): void {
  const { ip, port } = place.original;
  const sent = asRegistered(run, place, payload);
  const how =
    sent === payload ? 'as if the proxy let it pass' : 'with mesh TLS, as if it were registered';
  suppose(run, `on to the address dialled, ${how}`);
  const exchange = run.dial({
    from: place.stack,
    owner: place.proxy.user,
    protocol: 'tcp',
    destination: ip,
    port,
    payload: sent,
    own: false,
    depth: place.depth + 1,
  });
  if (exchange.kind !== 'unreachable' || exchange.isExplained === true) return;
  const { reason, message } = connectFailure(exchange.how, { ip, port });
  run.recorder.block(reason, message);
}

/** The call as this Envoy would take it: with mesh TLS and the caller's identity, HTTP/1.1, a Host. */
function repaired(
  run: Run,
  place: EnvoyPlace,
  call: EnvoyCall,
): { readonly call: EnvoyCall; readonly title: string } | undefined {
  const client = stackAt(run.mesh, place.client ?? '')?.proxy;
  switch (place.walk.outcome) {
    case 'no-filter-chain':
    case 'tls-expected': {
      const principal = client === undefined ? {} : { principal: client.spiffe };
      const alpn = call.request === undefined ? ['istio'] : ['istio-http/1.1', 'istio'];
      const tls = { alpn, certificate: { name: 'default', ...principal } };
      return { call: { ...call, tls }, title: 'as if the call came with mutual TLS of the mesh' };
    }
    case 'upgrade-required':
      return { call: { ...call, protocol: 'http/1.1' }, title: 'as if the client spoke HTTP/1.1' };
    case 'bad-request': {
      const { request } = call;
      if (request === undefined) return undefined;
      const named = { ...request, authority: place.original.ip };
      return { call: { ...call, request: named }, title: 'as if the request had a Host' };
    }
    default:
      return undefined;
  }
}

function askAgain(run: Run, place: EnvoyPlace, call: EnvoyCall, payload: Payload): void {
  const again = repaired(run, place, call);
  if (again === undefined) return;
  const walk = runCall(place.proxy.program, again.call, { permit: true });
  suppose(run, again.title);
  recordSteps(run, walk);
  const next: EnvoyPlace = { ...place, walk };
  noteFurther(run, next, payload);
  const cluster = usableCluster(run, walk);
  const inner = payload.kind === 'tls' && walk.tlsTerminated ? payload.inner : payload;
  if (cluster !== undefined) sendUpstream(run, next, cluster, bytesFor(walk, cluster, inner));
}

/** The call as a pod of the namespace makes it that has the object; false when that does not take it either. */
function askAs(
  run: Run,
  place: EnvoyPlace,
  asked: { readonly call: EnvoyCall; readonly payload: Payload; readonly namespace: string },
): boolean {
  const { call, payload, namespace } = asked;
  const program = compileProxy(run.mesh, { ...place.proxy.proxy, namespace, labels: {} });
  const walk = runCall(program, call, { permit: true });
  const cluster = usableCluster(run, walk);
  if (isUnknownTraffic(walk) || cluster === undefined) return false;
  suppose(
    run,
    `as a pod of namespace \`${namespace}\` calls it, which sees an object of this host`,
  );
  recordSteps(run, walk);
  const next: EnvoyPlace = { ...place, walk };
  noteFurther(run, next, payload);
  sendUpstream(run, next, cluster, bytesFor(walk, cluster, payload));
  return true;
}

const mayGoOn = ({ recorder }: Run, { depth }: EnvoyPlace) =>
  !recorder.permitting() || depth < furthest;

const isSidecarOutbound = ({ direction, proxy }: EnvoyPlace) =>
  direction === 'outbound' && proxy.proxy.type === 'sidecar';

/** After a cluster without anybody to dial: the address dialled, as if the route had led there. */
export function goAround(run: Run, place: EnvoyPlace, payload: Payload): void {
  if (!isSidecarOutbound(place) || !mayGoOn(run, place)) return;
  run.recorder.permit(() => dialAsGiven(run, place, payload));
}

/**
 * After a block: the way that the call would take if this Envoy let it pass, for what else stands in the way. Through the
 * cluster that the configuration names for it, through that of an object of the host which this sidecar does not see, else
 * to the address dialled; a receiving side is asked again as if the
 * call came in the form that it wants. After loop protection nothing follows.
 */
export function goOn(run: Run, place: EnvoyPlace, call: EnvoyCall, payload: Payload): void {
  const { walk } = place;
  if (isLoop(walk) || !mayGoOn(run, place)) return;
  run.recorder.permit(() => {
    const cluster = usableCluster(run, walk);
    if (cluster !== undefined) {
      sendUpstream(run, place, cluster, bytesFor(walk, cluster, payload));
    } else if (isSidecarOutbound(place)) {
      const namespace = hiddenOwner(run, place, payload);
      const asked = namespace !== undefined && askAs(run, place, { call, payload, namespace });
      if (!asked) dialAsGiven(run, place, payload);
    } else {
      askAgain(run, place, call, payload);
    }
  });
}
