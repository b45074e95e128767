import { type EnvoyWalk, runCall } from '../../envoy';
import { parseIp } from '../../net';
import type { Run } from '../run';
import type { AccessLogLine } from '../trace';
import type { Exchange, ServerCertificate } from '../wire/exchange';
import type { HttpPayload, Payload } from '../wire/payload';
import { envoyCall } from './envoy-call';
import { goAround, goOn } from './go-on';
import { type Answered, afterAll, answerOfUpstream, redirectLocation } from './http-answer';
import { normalisePath } from './normalise-path';
import { noteOutcome } from './notes/note-outcome';
import { noteRegistry } from './notes/note-registry';
import { recordSteps } from './notes/record-steps';
import { bytesFor, chosenCluster, tunnelOf } from './upstream/choose-cluster';
import { sendUpstream } from './upstream/send-upstream';
import type { EnvoyPlace } from './upstream/upstream-hosts';

/** The connection that Envoy took, before its own machine has run. */
export type TakenConnection = Omit<EnvoyPlace, 'walk'> & {
  readonly entry: 'outbound' | 'inbound' | 'direct';
  readonly payload: Payload;
};

const routeName = (walk: EnvoyWalk) =>
  walk.route?.name === undefined ? {} : { route: walk.route.name };

function answerHttp(run: Run, place: EnvoyPlace, payload: HttpPayload, isTls: boolean): Answered {
  const { walk } = place;
  const answer = (status: number, responseFlags?: string, body?: string): Answered => ({
    exchange: { kind: 'http', status, by: 'envoy', ...(body !== undefined && { body }) },
    ...(responseFlags !== undefined && { responseFlags }),
  });
  switch (walk.outcome) {
    case 'forwarded':
    case 'split': {
      const chosen = chosenCluster(run, walk);
      if (chosen?.cluster === undefined) return answer(503, 'NC');
      const sent = bytesFor(walk, chosen.cluster, payload);
      return answerOfUpstream(run, walk, sendUpstream(run, place, chosen.cluster, sent));
    }
    case 'no-cluster':
      return answer(503, 'NC');
    case 'no-healthy-host':
      return answer(503, 'UH', 'no healthy upstream');
    case 'direct-response':
      return answer(walk.status ?? 200, undefined, directBody(walk));
    case 'redirect':
      return {
        exchange: {
          kind: 'http',
          status: walk.status ?? 301,
          by: 'envoy',
          location: redirectLocation(walk, payload, isTls),
        },
      };
    case 'no-route':
    case 'no-virtual-host':
      return answer(404, 'NR');
    case 'denied':
      return answer(403, undefined, 'RBAC: access denied');
    case 'fault':
      return answer(walk.status ?? 503, 'FI', 'fault filter abort');
    case 'preflight':
      return answer(walk.status ?? 200);
    case 'bad-request':
      return answer(400);
    case 'upgrade-required':
      return answer(426, 'DPE');
    case 'protocol-error':
      return { exchange: { kind: 'plain-http-400', by: 'envoy' }, responseFlags: 'DPE' };
    default:
      return { exchange: endOf(walk) };
  }
}

function directBody(walk: EnvoyWalk): string | undefined {
  const action = walk.route?.action;
  return action?.kind === 'direct-response' ? action.body : undefined;
}

/** How a connection ends that no chain handles. */
function endOf(walk: EnvoyWalk): Exchange {
  switch (walk.outcome) {
    case 'waiting':
      return { kind: 'silence' };
    case 'timed-out':
      return {
        kind: 'closed',
        afterSeconds: (walk.listener?.listenerFiltersTimeoutMs ?? 15_000) / 1000,
      };
    case 'undetermined':
      return { kind: 'unknown' };
    default:
      return { kind: 'closed' };
  }
}

/** A TCP chain's connection to its cluster. RBAC and a client certificate that is missing end it after it is made. */
function answerTcp(run: Run, place: EnvoyPlace, payload: Payload): Answered {
  const { walk } = place;
  const chosen = chosenCluster(run, walk);
  if (walk.outcome === 'denied' || walk.outcome === 'wrong-tls') {
    const result =
      chosen?.cluster === undefined
        ? undefined
        : sendUpstream(run, place, chosen.cluster, { kind: 'silent' });
    const failed = result?.kind === 'failed';
    return { exchange: { kind: 'closed' }, ...(failed && { responseFlags: 'UF,URX' }) };
  }
  if (walk.outcome === 'no-cluster') return { exchange: { kind: 'closed' }, responseFlags: 'NC' };
  if (walk.outcome === 'no-healthy-host')
    return { exchange: { kind: 'closed' }, responseFlags: 'UH' };
  if (walk.outcome !== 'forwarded' && walk.outcome !== 'split') return { exchange: endOf(walk) };
  if (chosen?.cluster === undefined) return { exchange: { kind: 'closed' }, responseFlags: 'NC' };
  const tunnel = tunnelOf(walk);
  const sent = bytesFor(walk, chosen.cluster, payload);
  const result = sendUpstream(run, place, chosen.cluster, sent);
  switch (result.kind) {
    case 'answered':
      return {
        exchange:
          result.exchange.kind === 'tunnel' && tunnel !== undefined
            ? result.exchange.inner
            : result.exchange,
      };
    case 'no-host':
      return { exchange: { kind: 'closed' }, responseFlags: 'UH', nobody: true };
    case 'dns-failure':
      return { exchange: { kind: 'closed' }, responseFlags: 'DF', nobody: true };
    case 'unknown':
      return { exchange: { kind: 'unknown' } };
    case 'failed': {
      const seconds = result.how === 'timeout' ? result.afterSeconds : 0;
      return afterAll({ exchange: { kind: 'closed' }, responseFlags: 'UF,URX' }, seconds);
    }
  }
}

function answerIn(run: Run, place: EnvoyPlace, payload: Payload): Answered {
  const { walk } = place;
  if (walk.outcome === 'no-filter-chain')
    return { exchange: { kind: 'closed' }, responseFlags: 'NR' };
  const isHttp = walk.filterChain?.filter.kind === 'http';
  if (!isHttp) return answerTcp(run, place, payload);
  const isTls = walk.tlsTerminated;
  if (payload.kind === 'http') return delayed(walk, answerHttp(run, place, payload, isTls));
  return answerOther(run, place, payload, isTls);
}

/** A fault that delays every request; the fault filter runs before the router (flag DI). */
function delayed({ route }: EnvoyWalk, answered: Answered): Answered {
  const delay = route?.fault?.delay;
  if (delay === undefined || delay.percent < 100 || delay.ms === 0) return answered;
  const { responseFlags } = answered;
  const flags = responseFlags === undefined ? 'DI' : `DI,${responseFlags}`;
  return { ...afterAll(answered, delay.ms / 1000), responseFlags: flags };
}

/** Connection manager and a client that does not send a plain request: CONNECT, TLS or other bytes. */
function answerOther(run: Run, place: EnvoyPlace, payload: Payload, isTls: boolean): Answered {
  const asked: HttpPayload = {
    kind: 'http',
    version: '1.1',
    authority: payload.kind === 'connect' ? payload.target : '',
    path: '',
    method: payload.kind === 'connect' ? 'CONNECT' : '',
    headers: {},
    absoluteForm: false,
  };
  return answerHttp(run, place, asked, isTls);
}

function logLine(
  run: Run,
  place: EnvoyPlace,
  answered: Answered,
): Omit<AccessLogLine, 'direction'> {
  const { walk } = place;
  const cluster = loggedCluster(run, walk);
  const { responseFlags } = answered;
  return {
    ...(cluster !== undefined && { cluster }),
    ...routeName(walk),
    ...(responseFlags !== undefined && { responseFlags }),
  };
}

/** Envoy logs the cluster once a route has been chosen, whether or not it is ever dialled. */
function loggedCluster(run: Run, walk: EnvoyWalk): string | undefined {
  switch (walk.outcome) {
    case 'forwarded':
    case 'split':
    case 'no-healthy-host':
    case 'denied':
      return chosenCluster(run, walk)?.name;
    case 'wrong-tls':
      return walk.filterChain?.filter.kind === 'tcp' ? chosenCluster(run, walk)?.name : undefined;
    case 'fault':
    case 'preflight':
      return chosenCluster(run, walk)?.name;
    default:
      return undefined;
  }
}

function normalised(payload: Payload, mode: string | undefined): Payload {
  if (payload.kind === 'tls') return { ...payload, inner: normalised(payload.inner, mode) };
  return payload.kind === 'http'
    ? { ...payload, path: normalisePath(payload.path, mode) }
    : payload;
}

const goesOn = ({ outcome }: EnvoyWalk) => outcome === 'forwarded' || outcome === 'split';

/** Runs a connection through an Envoy and on to wherever it leads. */
export function runProxy(run: Run, taken: TakenConnection): Exchange {
  const { entry, payload: sent, ...rest } = taken;
  const payload = normalised(sent, run.mesh.meshConfig.config.pathNormalization);
  const { original, client, proxy } = taken;
  const call = envoyCall(payload, {
    entry,
    address: original.ip,
    port: original.port,
    ...(client !== undefined && { sourceAddress: client }),
  });
  run.recorder.envoy();
  const log = run.recorder.openLog(taken.direction);
  const walk = runCall(proxy.program, call, { permit: true });
  const { to } = run.call;
  const isNamed = taken.depth === 0 && parseIp(to) === undefined;
  const place: EnvoyPlace = { ...rest, walk, ...(isNamed && { name: to }) };
  recordSteps(run, walk);
  noteOutcome(run, place, payload);
  noteRegistry(run, place, payload);
  if (walk.outcome === 'split') {
    const clusters = walk.clusters.map(({ name, weight = 0 }) => ({ cluster: name, weight }));
    run.recorder.split(clusters);
    if (clusters.filter(({ weight }) => weight > 0).length > 1)
      run.recorder.reason('weighted-routes');
  }
  const terminates = payload.kind === 'tls' && walk.filterChain?.tls !== undefined;
  const inner = terminates ? payload.inner : payload;
  const answered = answerIn(run, place, inner);
  log(logLine(run, place, answered));
  if (!goesOn(walk)) goOn(run, place, call, inner);
  else if (answered.nobody === true) goAround(run, place, inner);
  if (!terminates || walk.outcome === 'tls-expected') return answered.exchange;
  const certificate: ServerCertificate = { kind: 'workload', identity: proxy.spiffe };
  const alpn = payload.alpn[0] === undefined ? {} : { alpn: payload.alpn[0] };
  return { kind: 'tls', certificate, ...alpn, inner: answered.exchange };
}
