import type { Duration, ValueOf } from '../../schema';
import type { connectionPool } from '../../schema/kinds/connection-pool';
import { type Findings, reject, rejectIf } from '../findings';
import { checkDuration } from '../syntax/duration';

type ConnectionPoolMessage = ValueOf<typeof connectionPool>;
type HttpPool = NonNullable<ConnectionPoolMessage['http']>;
type TcpPool = NonNullable<ConnectionPoolMessage['tcp']>;

/** A duration that may be absent. */
export function validateDuration(
  findings: Findings,
  duration: Duration | undefined,
  path: string,
): void {
  if (duration !== undefined) rejectIf(findings, 'duration-invalid', path, checkDuration(duration));
}

function validateHttp(findings: Findings, http: HttpPool, path: string): void {
  const counts: readonly (readonly [number, string, string])[] = [
    [http.http1MaxPendingRequests, 'http1MaxPendingRequests', 'http1 max pending requests'],
    [http.http2MaxRequests, 'http2MaxRequests', 'http2 max requests'],
    [http.maxRequestsPerConnection, 'maxRequestsPerConnection', 'max requests per connection'],
    [http.maxRetries, 'maxRetries', 'max retries'],
    [http.maxConcurrentStreams, 'maxConcurrentStreams', 'max concurrent streams'],
  ];
  for (const [count, field, name] of counts) {
    if (count >= 0) continue;
    reject(findings, 'range-invalid', `${path}.${field}`, `${name} must be non-negative`);
  }
  validateDuration(findings, http.idleTimeout, `${path}.idleTimeout`);
  if (http.h2UpgradePolicy === 'UPGRADE' && http.useClientProtocol) {
    const message = 'use client protocol must not be true when H2UpgradePolicy is UPGRADE';
    reject(findings, 'conflict', `${path}.useClientProtocol`, message);
  }
}

const milliseconds = ({ seconds, nanos }: Duration) =>
  seconds * 1000 + Math.trunc(nanos / 1_000_000);

function validateTcp(findings: Findings, tcp: TcpPool, path: string): void {
  if (tcp.maxConnections < 0) {
    const message = 'max connections must be non-negative';
    reject(findings, 'range-invalid', `${path}.maxConnections`, message);
  }
  validateDuration(findings, tcp.connectTimeout, `${path}.connectTimeout`);
  validateDuration(findings, tcp.maxConnectionDuration, `${path}.maxConnectionDuration`);
  const idle = tcp.idleTimeout;
  if (idle !== undefined && milliseconds(idle) !== 0) {
    validateDuration(findings, idle, `${path}.idleTimeout`);
  }
  validateDuration(findings, tcp.tcpKeepalive?.time, `${path}.tcpKeepalive.time`);
  validateDuration(findings, tcp.tcpKeepalive?.interval, `${path}.tcpKeepalive.interval`);
}

/** `validateConnectionPool`. */
export function validateConnectionPool(
  findings: Findings,
  pool: ConnectionPoolMessage | undefined,
  path: string,
): void {
  if (pool === undefined) return;
  if (pool.http === undefined && pool.tcp === undefined) {
    reject(findings, 'missing', path, 'connection pool must have at least one field');
    return;
  }
  if (pool.http !== undefined) validateHttp(findings, pool.http, `${path}.http`);
  if (pool.tcp !== undefined) validateTcp(findings, pool.tcp, `${path}.tcp`);
}
