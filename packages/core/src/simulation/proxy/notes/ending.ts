import type { EnvoyOutcome, EnvoyStep, EnvoyWalk, Listener } from '../../../envoy';
import type { Origin } from '../../../origin';
import type { Disposition, ReasonCode } from '../../codes';
import type { Payload } from '../../wire/payload';
import type { EnvoyPlace } from '../upstream/upstream-hosts';

/** How a call ends at an Envoy, in the words of a trace. */
export interface Ending {
  readonly disposition: Disposition;
  readonly reason: ReasonCode;
  readonly message: string;
  /** What decided, when it is not the object of the step that blocks. */
  readonly origin?: Origin;
}

export const isBlackHole = (walk: EnvoyWalk) => walk.clusters[0]?.name === 'BlackHoleCluster';

interface ChainKinds {
  readonly http: boolean;
  readonly byName: boolean;
}

const kindsOf = new WeakMap<Listener, ChainKinds>();

/** What the chains of a listener, of which there may be thousands, are chosen by. */
function chainKinds(listener: Listener): ChainKinds {
  const known = kindsOf.get(listener);
  if (known !== undefined) return known;
  const { filterChains } = listener;
  const kinds = {
    http: filterChains.some(({ filter }) => filter.kind === 'http'),
    byName: filterChains.some(({ match }) => (match.serverNames?.length ?? 0) > 0),
  };
  kindsOf.set(listener, kinds);
  return kinds;
}

/** Why a client that is not plain HTTP/1.1 misses the chains of a listener: the reason beside `registry-only-…`. */
export function protocolReason(walk: EnvoyWalk, payload: Payload): ReasonCode | undefined {
  const { listener } = walk;
  if (listener === undefined) return undefined;
  const { http, byName } = chainKinds(listener);
  switch (payload.kind) {
    case 'tls':
      if (byName) return payload.sni === undefined ? 'sni-absent' : 'sni-mismatch';
      return http ? 'tls-on-http-port' : undefined;
    case 'http':
      if (http) return payload.version === '1.0' ? 'http10-on-http-port' : undefined;
      return byName ? 'http-on-tls-port' : 'http-on-tcp-port';
    default:
      return http ? 'tcp-on-http-port' : undefined;
  }
}

function blackHole(walk: EnvoyWalk, place: EnvoyPlace): Ending {
  const { original, name } = place;
  const { ip, port } = original;
  const where = name === undefined ? `${ip}:${port}` : `${name}:${port} (${ip})`;
  const origin = walk.filterChain?.origin;
  const closed = {
    disposition: 'closed-by-proxy',
    ...(origin !== undefined && { origin }),
  } as const;
  const chain = walk.filterChain?.name ?? '';
  if (chain.endsWith('-blackhole')) {
    const message = `port ${port} belongs to the proxy: calls to it are closed in every mode`;
    return { ...closed, reason: 'loop-protection', message };
  }
  if (walk.listener?.name === 'virtualOutbound') {
    const message = `no listener for ${where} and the outbound policy is REGISTRY_ONLY`;
    return { ...closed, reason: 'registry-only-no-listener', message };
  }
  const message = `listener ${walk.listener?.name ?? ''} has no filter chain for this call and the outbound policy is REGISTRY_ONLY`;
  return { ...closed, reason: 'registry-only-no-filter-chain', message };
}

function directResponse(walk: EnvoyWalk, payload: Payload): Ending {
  const answered = { disposition: 'answered-by-proxy' } as const;
  if (walk.virtualHost?.name === 'block_all') {
    const host = payload.kind === 'http' ? payload.authority : '';
    const message = `no virtual host has the name \`${host}\` and the outbound policy is REGISTRY_ONLY`;
    return { ...answered, reason: 'registry-only-no-virtual-host', message };
  }
  const message = `the route answers ${walk.status ?? ''} itself`;
  return { ...answered, reason: 'route-answers', message };
}

function noFilterChain(payload: Payload): Ending {
  const reason = payload.kind === 'tls' ? 'no-inbound-filter-chain' : 'plaintext-to-strict';
  const message =
    payload.kind === 'tls'
      ? 'no filter chain takes this TLS connection'
      : 'only mutual TLS is accepted here, the client speaks plaintext';
  return { disposition: 'closed-by-proxy', reason, message };
}

function protocolError(payload: Payload): Ending {
  const reason = payload.kind === 'tls' ? 'tls-on-http-port' : 'tcp-on-http-port';
  const what = payload.kind === 'tls' ? 'TLS' : 'bytes that are not HTTP';
  const message = `the port is HTTP for Envoy, the client sends ${what}`;
  return { disposition: 'answered-by-proxy', reason, message };
}

/** A step of a walk that ends the call, or would have. */
export interface Blocking {
  readonly outcome: EnvoyOutcome;
  readonly step?: EnvoyStep;
}

/** What an outcome means; `undefined` when the call goes on to a cluster. */
export function endingOf(
  { outcome, step }: Blocking,
  place: EnvoyPlace,
  payload: Payload,
): Ending | undefined {
  const { walk } = place;
  const answered = { disposition: 'answered-by-proxy' } as const;
  const cluster = walk.clusters[0]?.name ?? '';
  switch (outcome) {
    case 'forwarded':
    case 'split':
      return undefined;
    case 'no-healthy-host':
      return isBlackHole(walk)
        ? blackHole(walk, place)
        : {
            disposition: 'upstream-failed',
            reason: 'no-healthy-endpoint',
            message: `cluster ${cluster} has no healthy endpoint`,
          };
    case 'no-cluster':
      return {
        disposition: 'upstream-failed',
        reason: 'cluster-missing',
        message: `cluster ${cluster} does not exist in this proxy`,
      };
    case 'direct-response':
      return directResponse(walk, payload);
    case 'redirect':
      return { ...answered, reason: 'route-answers', message: 'the route redirects the client' };
    case 'fault':
      return {
        ...answered,
        reason: 'route-answers',
        message: 'the route aborts the request (fault)',
      };
    case 'preflight':
      return {
        ...answered,
        reason: 'route-answers',
        message: 'the route answers the CORS preflight',
      };
    case 'no-route':
    case 'no-virtual-host':
      return payload.kind === 'connect'
        ? { ...answered, reason: 'connect-no-route', message: 'no route matches a CONNECT request' }
        : { ...answered, reason: 'no-route', message: 'no route matches this request' };
    case 'no-filter-chain':
    case 'no-listener':
      return noFilterChain(payload);
    case 'tls-expected':
      return noFilterChain(payload);
    case 'wrong-tls':
      return {
        disposition: 'closed-by-proxy',
        reason: 'client-certificate-missing',
        message: 'the chain requires a workload certificate, the client has none',
      };
    case 'protocol-error':
      return protocolError(payload);
    case 'denied':
      return { disposition: 'denied-by-policy', reason: 'rbac-denied', message: deniedBy(step) };
    case 'waiting':
      return {
        disposition: 'waiting',
        reason: 'sniffing-waits',
        message:
          'the proxy waits for the first bytes of the client, the client waits for the server',
      };
    case 'timed-out':
      return {
        disposition: 'closed-by-proxy',
        reason: 'sniffing-waits',
        message: 'the proxy closes the connection after it has waited for the first bytes',
      };
    case 'bad-request':
      return {
        ...answered,
        reason: 'no-host-header',
        message: 'a request without Host is answered 400',
      };
    case 'upgrade-required':
      return { ...answered, reason: 'http10-on-http-port', message: 'HTTP/1.0 is answered 426' };
    case 'undetermined':
      return {
        disposition: 'undetermined',
        reason: step?.kind === 'policy' ? 'call-incomplete' : 'random-in-istio',
        message: walk.uncertain ?? 'the outcome is not certain',
      };
  }
}

const deniedBy = (step: EnvoyStep | undefined) =>
  step?.title ?? 'an AuthorizationPolicy denies the call';
