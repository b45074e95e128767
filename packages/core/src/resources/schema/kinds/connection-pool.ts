import { anyDuration, bool, duration, int32, message, since, uint32, words } from '../make-type';

/** `TcpKeepalive`. */
export const tcpKeepalive = message({
  interval: duration(),
  probes: uint32(),
  time: duration(),
});

const tcpPool = message({
  connectTimeout: duration(),
  idleTimeout: anyDuration(),
  maxConnectionDuration: duration(),
  maxConnections: int32(),
  tcpKeepalive: tcpKeepalive,
});

const http2KeepAlive = message({
  interval: duration(),
  timeout: duration(),
});

const httpPool = message({
  h2UpgradePolicy: words('DEFAULT', 'DO_NOT_UPGRADE', 'UPGRADE'),
  http1MaxPendingRequests: int32(),
  http2KeepAlive: since(31, http2KeepAlive),
  http2MaxRequests: int32(),
  idleTimeout: duration(),
  maxConcurrentStreams: int32(),
  maxRequestsPerConnection: int32(),
  maxRetries: int32(),
  useClientProtocol: bool(),
});

/** `ConnectionPoolSettings`. */
export const connectionPool = message({
  http: httpPool,
  tcp: tcpPool,
});
