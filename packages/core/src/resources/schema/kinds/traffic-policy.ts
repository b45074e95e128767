import {
  anyDuration,
  bool,
  double,
  duration,
  int32,
  list,
  message,
  nullable,
  required,
  since,
  text,
  uint32,
  words,
} from '../make-type';
import { clientTls } from './client-tls';
import { connectionPool } from './connection-pool';
import { portSelector } from './destination';
import { loadBalancer } from './load-balancer';

/** `OutlierDetection`. */
export const outlierDetection = message({
  baseEjectionTime: duration(),
  consecutive5xxErrors: nullable(uint32()),
  consecutiveErrors: int32(),
  consecutiveGatewayErrors: nullable(uint32()),
  consecutiveLocalOriginFailures: nullable(uint32()),
  interval: duration(),
  maxEjectionPercent: int32(),
  minHealthPercent: int32(),
  outlierDetectionHttpErrorCodes: list(uint32({ minimum: 100, maximum: 599 })),
  splitExternalLocalOriginErrors: bool(),
});

/** `RetryBudget`. */
export const retryBudget = message({
  budgetInterval: since(31, anyDuration()),
  minRetryConcurrency: uint32(),
  percent: nullable(double({ minimum: 0, maximum: 100 })),
});

/** `TunnelSettings`. */
export const tunnel = message({
  protocol: text(),
  targetHost: required(text()),
  targetPort: required(uint32()),
});

/** `ProxyProtocol`. */
export const proxyProtocol = message({
  version: words('V1', 'V2'),
});

/** `PortTrafficPolicy`. */
export const portTrafficPolicy = message({
  connectionPool: connectionPool,
  loadBalancer: loadBalancer,
  outlierDetection: outlierDetection,
  port: portSelector,
  tls: clientTls,
});

/** `TrafficPolicy`. */
export const trafficPolicy = message({
  connectionPool: connectionPool,
  loadBalancer: loadBalancer,
  outlierDetection: outlierDetection,
  portLevelSettings: list(portTrafficPolicy, { maxItems: 4096 }),
  proxyProtocol: proxyProtocol,
  retryBudget: retryBudget,
  tls: clientTls,
  tunnel: tunnel,
});
