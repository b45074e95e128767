import { list, message, required, text, uint32, words } from '../make-type';
import { connectionPool } from './connection-pool';
import { destination } from './destination';
import { labelSelector } from './selectors';
import { serverTls } from './server-tls';

const sidecarPort = message({
  name: text(),
  number: uint32(),
  protocol: text(),
  targetPort: uint32(),
});

/** Spec of Sidecar. */
export const sidecarSchema = message({
  egress: list(
    message({
      bind: text(),
      captureMode: words('DEFAULT', 'IPTABLES', 'NONE'),
      hosts: required(list(text())),
      port: sidecarPort,
    }),
  ),
  inboundConnectionPool: connectionPool,
  ingress: list(
    message({
      bind: text(),
      captureMode: words('DEFAULT', 'IPTABLES', 'NONE'),
      connectionPool: connectionPool,
      defaultEndpoint: text(),
      port: required(sidecarPort),
      tls: serverTls,
    }),
  ),
  outboundTrafficPolicy: message({
    egressProxy: destination,
    mode: words('REGISTRY_ONLY', 'ALLOW_ANY'),
  }),
  workloadSelector: labelSelector,
});
