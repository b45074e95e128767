import type { Reached } from '../symptom';
import type { Exchange } from '../wire/exchange';
import type { HttpPayload, Payload, TlsPayload } from '../wire/payload';
import type { World } from '../world';
import { certificateError, certificateFor } from './certificates';

/** Where a connection ends that no simulated pod takes. */
export interface ServerAddress {
  readonly where: 'remote' | 'pod';
  readonly ip: string;
  readonly port: number;
  readonly source?: string;
  /** Identity of the workload behind the address when it takes mesh TLS. */
  readonly meshIdentity?: string;
}

export interface Answer {
  readonly exchange: Exchange;
  readonly reached: Reached;
}

const httpVersions = { '1.0': 'http/1.0', '1.1': 'http/1.1', '2': 'h2' } as const;

export function requestFacts(payload: HttpPayload): Partial<Reached> {
  return {
    protocol: httpVersions[payload.version],
    ...(payload.authority !== '' && { authority: payload.authority }),
    path: payload.path,
    method: payload.method,
  };
}

function statusOf(world: World | undefined, path: string): number {
  const prefix = world?.statusPath;
  if (prefix === undefined || !path.startsWith(prefix)) return 200;
  const status = Number(/^\d{3}/.exec(path.slice(prefix.length))?.[0]);
  return status >= 100 ? status : 200;
}

function delayOf(world: World | undefined, path: string): number {
  const slow = Object.entries(world?.slowPaths ?? {}).find(([prefix]) => path.startsWith(prefix));
  return slow?.[1] ?? 0;
}

const baseOf = ({ where, ip, port, source }: ServerAddress) => ({
  where,
  ip,
  port,
  ...(source !== undefined && { source }),
});

/** True for the ClientHello of a sidecar that uses mesh TLS: its SNI or its ALPN says so. */
export function isMeshHello(hello: TlsPayload): boolean {
  return (
    hello.sni?.startsWith('outbound_.') === true ||
    hello.alpn.some(name => name.startsWith('istio'))
  );
}

function answerTls(world: World | undefined, at: ServerAddress, hello: TlsPayload): Answer {
  const mesh = isMeshHello(hello);
  const reached: Reached = {
    ...baseOf(at),
    tls: true,
    ...(hello.sni !== undefined && { sni: hello.sni }),
    ...(mesh && { istioMtls: true }),
  };
  const failed: Reached = { ...reached, handshake: 'failed' };
  if (mesh && at.meshIdentity === undefined) {
    return { exchange: { kind: 'plain-http-400', by: 'remote' }, reached: failed };
  }
  const certificate =
    mesh && at.meshIdentity !== undefined
      ? ({ kind: 'workload', identity: at.meshIdentity } as const)
      : certificateFor(world, hello.sni ?? at.ip);
  const alpn = hello.alpn[0] === undefined ? {} : { alpn: hello.alpn[0] };
  if (certificateError(certificate, hello.verify) !== undefined) {
    return {
      exchange: { kind: 'tls', certificate, ...alpn, inner: { kind: 'closed' } },
      reached: failed,
    };
  }
  const inner = answerInsideTls(world, at, hello, mesh);
  return {
    exchange: { kind: 'tls', certificate, ...alpn, inner: inner.exchange },
    reached: { ...reached, ...alpn, ...inner.facts },
  };
}

function answerInsideTls(
  world: World | undefined,
  at: ServerAddress,
  hello: TlsPayload,
  mesh: boolean,
): { readonly exchange: Exchange; readonly facts: Partial<Reached> } {
  const { inner } = hello;
  if (inner.kind === 'tls') {
    const nested = mesh ? answerTls(world, at, inner) : undefined;
    return {
      exchange: nested?.exchange ?? { kind: 'plain-http-400', by: 'remote' },
      facts: {
        ...(nested !== undefined && factsOf(nested.reached)),
        inner: 'tls',
        ...(inner.sni !== undefined && mesh && { innerSni: inner.sni }),
      },
    };
  }
  const answer = answerPlain(world, at, inner, true);
  return { exchange: answer.exchange, facts: factsOf(answer.reached) };
}

const factsOf = ({ authority, path, method, protocol }: Reached): Partial<Reached> => ({
  ...(authority !== undefined && { authority }),
  ...(path !== undefined && { path }),
  ...(method !== undefined && { method }),
  ...(protocol !== undefined && { protocol }),
});

function answerHttp(
  world: World | undefined,
  at: ServerAddress,
  request: HttpPayload,
  insideTls: boolean,
): Exchange {
  if (!insideTls && world?.tlsOnlyPorts?.includes(at.port) === true) {
    return {
      kind: 'http',
      status: 400,
      by: at.where === 'pod' ? 'app' : 'remote',
      body: 'The plain HTTP request was sent to HTTPS port',
    };
  }
  const delay = delayOf(world, request.path);
  return {
    kind: 'http',
    status: statusOf(world, request.path),
    by: at.where === 'pod' ? 'app' : 'remote',
    ...(delay > 0 && { afterSeconds: delay }),
  };
}

function answerPlain(
  world: World | undefined,
  at: ServerAddress,
  payload: Payload,
  insideTls: boolean,
): Answer {
  const base: Reached = { ...baseOf(at), tls: false };
  const serverFirst = world?.serverFirstPorts?.includes(at.port) === true;
  switch (payload.kind) {
    case 'http': {
      if (serverFirst && !insideTls)
        return { exchange: { kind: 'banner' }, reached: { ...base, protocol: 'tcp' } };
      const exchange = answerHttp(world, at, payload, insideTls);
      const refused = exchange.kind === 'http' && exchange.status === 400 && !insideTls;
      return {
        exchange,
        reached: {
          ...base,
          ...(refused ? { protocol: requestFacts(payload).protocol } : requestFacts(payload)),
        },
      };
    }
    case 'silent':
      return serverFirst
        ? { exchange: { kind: 'banner' }, reached: { ...base, protocol: 'tcp' } }
        : { exchange: { kind: 'silence' }, reached: base };
    case 'bytes':
      return {
        exchange: serverFirst ? { kind: 'data' } : { kind: 'echo' },
        reached: { ...base, protocol: 'tcp' },
      };
    case 'connect': {
      const inner = answerConnection(world, at, payload.inner);
      return {
        exchange: { kind: 'tunnel', inner: inner.exchange },
        reached: {
          ...base,
          protocol: 'http/1.1',
          method: 'CONNECT',
          authority: payload.target,
          path: payload.target,
        },
      };
    }
    case 'tls':
      return answerTls(world, at, payload);
  }
}

/**
 * A server of the world: it speaks whatever the client speaks (recorded suite e2e, "The world outside"). Refusing and
 * silent addresses are the caller's business.
 */
export function answerConnection(
  world: World | undefined,
  at: ServerAddress,
  payload: Payload,
): Answer {
  return answerPlain(world, at, payload, false);
}
