import { certificateError } from '../server/certificates';
import type { DnsSymptom, Symptom } from '../symptom';
import type { Exchange } from './exchange';
import type { Payload } from './payload';

type Experience = Pick<Symptom, 'connect' | 'tls' | 'http' | 'tcp' | 'udp' | 'proxyStatus'>;

const late = (exchange: Exchange, waitSeconds: number): boolean =>
  (exchange.kind === 'http' || exchange.kind === 'closed') &&
  (exchange.afterSeconds ?? 0) > waitSeconds;

/** What a client reads that sent an HTTP request. */
function httpExperience(exchange: Exchange, waitSeconds: number): Experience {
  if (late(exchange, waitSeconds)) return { http: { error: 'timeout' } };
  switch (exchange.kind) {
    case 'http': {
      const { status, by, body, location } = exchange;
      return {
        http: {
          status,
          answeredBy: by,
          ...(body !== undefined && { body }),
          ...(location !== undefined && { location }),
        },
      };
    }
    case 'plain-http-400':
      return { http: { status: 400, answeredBy: exchange.by } };
    case 'closed':
      return { http: { error: 'closed' } };
    case 'silence':
      return { http: { error: 'timeout' } };
    default:
      return { http: { error: 'garbage' } };
  }
}

/** What a client reads that sent other bytes, or nothing. */
function tcpExperience(exchange: Exchange, waitSeconds: number): Experience {
  if (late(exchange, waitSeconds)) return { tcp: 'hang' };
  switch (exchange.kind) {
    case 'closed':
    case 'echo':
    case 'banner':
    case 'data':
      return { tcp: exchange.kind };
    case 'silence':
      return { tcp: 'hang' };
    case 'plain-http-400':
      return { tcp: 'http-400' };
    case 'http':
      return { tcp: exchange.status === 400 ? 'http-400' : 'data' };
    default:
      return { tcp: 'data' };
  }
}

function tlsExperience(
  payload: Extract<Payload, { kind: 'tls' }>,
  exchange: Exchange,
  waitSeconds: number,
): Experience {
  if (exchange.kind === 'closed' && !late(exchange, waitSeconds)) return { tls: 'closed' };
  if (exchange.kind === 'silence' || exchange.kind === 'closed') return { tls: 'timeout' };
  if (exchange.kind !== 'tls') return { tls: 'wrong_version_number' };
  const error = certificateError(exchange.certificate, payload.verify);
  if (error !== undefined) return { tls: `verify-failed: ${error}` };
  return { tls: 'ok', ...afterConnect(payload.inner, exchange.inner, waitSeconds) };
}

function connectExperience(
  payload: Extract<Payload, { kind: 'connect' }>,
  exchange: Exchange,
  waitSeconds: number,
): Experience {
  if (exchange.kind === 'tunnel') {
    return { proxyStatus: 200, ...afterConnect(payload.inner, exchange.inner, waitSeconds) };
  }
  if (exchange.kind === 'http') return { proxyStatus: exchange.status };
  return httpExperience(exchange, waitSeconds);
}

function afterConnect(payload: Payload, exchange: Exchange, waitSeconds: number): Experience {
  switch (payload.kind) {
    case 'http':
      return httpExperience(exchange, waitSeconds);
    case 'bytes':
    case 'silent':
      return tcpExperience(exchange, waitSeconds);
    case 'tls':
      return tlsExperience(payload, exchange, waitSeconds);
    case 'connect':
      return connectExperience(payload, exchange, waitSeconds);
  }
}

/** What the application sees of a connection, step by step until the first one that fails. */
export function experienceOf(
  payload: Payload,
  exchange: Exchange,
  waitSeconds: number,
): Experience {
  if (exchange.kind === 'unreachable') return { connect: exchange.how };
  if (exchange.kind === 'unknown') return {};
  return { connect: 'ok', ...afterConnect(payload, exchange, waitSeconds) };
}

/** Names the first step that failed, else the last one: `tls:closed`, `http:502`, `tcp:echo`. */
export function symptomCode(seen: Experience & { readonly dns?: DnsSymptom }): string {
  if (seen.dns !== undefined && seen.dns.result !== 'ok') return `dns:${seen.dns.result}`;
  if (seen.udp !== undefined) return `udp:${seen.udp}`;
  if (seen.connect !== undefined && seen.connect !== 'ok') return `connect:${seen.connect}`;
  if (seen.proxyStatus !== undefined && seen.proxyStatus !== 200)
    return `proxy:${seen.proxyStatus}`;
  if (seen.tls !== undefined && seen.tls !== 'ok') return `tls:${seen.tls}`;
  if (seen.http !== undefined) return `http:${seen.http.status ?? seen.http.error ?? 'unknown'}`;
  return seen.tcp === undefined ? 'unknown' : `tcp:${seen.tcp}`;
}
