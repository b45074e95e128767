import { type Findings, quoted, reject, rejectIf, warn } from '../findings';
import { splitHostPort } from '../syntax/host-port';
import { checkIpAddress } from '../syntax/ip-address';
import { checkPort, checkPortName } from '../syntax/port';
import { checkProtocol, isHttpProtocol, isTlsProtocol } from '../syntax/protocol';
import { checkUnixSocket, isUnixSocket } from '../syntax/unix-socket';
import { validateConnectionPool } from './connection-pool';
import { validateServerTls } from './server-tls';
import type { SidecarMessage } from './sidecar-message';

type Listener = SidecarMessage['ingress'][number];
type ListenerPort = NonNullable<Listener['port']>;

const localHosts = ['', '127.0.0.1', '0.0.0.0', '::1', '::'];
const endpointForm =
  'sidecar: defaultEndpoint must be of form 127.0.0.1:<port>,0.0.0.0:<port>,[::1]:port,[::]:port,unix://filepath or unset';

function validateDefaultEndpoint(findings: Findings, endpoint: string, path: string): void {
  if (endpoint === '') return;
  if (isUnixSocket(endpoint)) {
    rejectIf(findings, 'address-invalid', path, checkUnixSocket(endpoint));
    return;
  }
  const split = splitHostPort(endpoint);
  if (!split.ok) reject(findings, 'address-invalid', path, split.message);
  const { host, port } = split.ok ? split : { host: '', port: '' };
  if (!localHosts.includes(host)) reject(findings, 'address-invalid', path, endpointForm);
  if (/^[-+]?\d+$/.test(port)) {
    rejectIf(findings, 'port-invalid', path, checkPort(Number(port)));
    return;
  }
  const message = `sidecar: defaultEndpoint port (${port}) is not a number: strconv.Atoi: parsing ${quoted(port)}: invalid syntax`;
  reject(findings, 'port-invalid', path, message);
}

function validateTls(findings: Findings, listener: Listener, path: string): void {
  const { tls } = listener;
  if (tls === undefined) return;
  const refused: readonly (readonly [boolean, string])[] = [
    [tls.subjectAltNames.length > 0, 'subjectAltNames is not supported in ingress tls'],
    [tls.httpsRedirect, 'httpsRedirect is not supported'],
    [tls.credentialName !== '', 'credentialName is not currently supported'],
    [tls.credentialNames.length > 0, 'credentialNames is not currently supported'],
    [tls.tlsCertificates.length > 0, 'tls_certificates is not currently supported'],
  ];
  for (const [given, message] of refused) {
    if (given) reject(findings, 'unsupported', path, `sidecar: ${message}`);
  }
  if (tls.mode === 'ISTIO_MUTUAL' || tls.mode === 'AUTO_PASSTHROUGH') {
    const message = `configuration is invalid: cannot set mode to ${tls.mode} in sidecar ingress tls`;
    reject(findings, 'unsupported', `${path}.mode`, message);
  }
  if (!isTlsProtocol(listener.port?.protocol ?? '')) {
    const message = 'server cannot have TLS settings for non HTTPS/TLS ports';
    reject(findings, 'conflict', path, message);
  }
  validateServerTls(findings, tls, path);
}

function validatePort(findings: Findings, port: ListenerPort, path: string): void {
  if (port.targetPort > 0) {
    const message = 'targetPort has no impact on Sidecars';
    reject(findings, 'no-effect', `${path}.targetPort`, message);
  }
  if (port.name !== '') {
    rejectIf(findings, 'port-invalid', `${path}.name`, checkPortName(port.name));
  }
  rejectIf(findings, 'protocol-invalid', `${path}.protocol`, checkProtocol(port.protocol));
  rejectIf(findings, 'port-invalid', `${path}.number`, checkPort(port.number));
}

function validatePool(findings: Findings, { connectionPool, port }: Listener, path: string): void {
  validateConnectionPool(findings, connectionPool, `${path}.connectionPool`);
  if (connectionPool?.http === undefined || port === undefined) return;
  if (isHttpProtocol(port.protocol)) return;
  const message = `sidecar: HTTP connection pool settings are configured for port ${port.number} (${quoted(port.name)}) but its protocol is not HTTP (${port.protocol}); only TCP settings will apply`;
  warn(findings, 'no-effect', `${path}.connectionPool.http`, message);
}

/** The ingress listeners of a Sidecar. */
export function validateSidecarIngress(findings: Findings, listeners: readonly Listener[]): void {
  const ports = new Set<number>();
  listeners.forEach((listener, at) => {
    const path = `spec.ingress.${at}`;
    const { port, bind } = listener;
    if (port === undefined) {
      const message = 'sidecar: port is required for ingress listeners';
      reject(findings, 'missing', `${path}.port`, message);
      return;
    }
    validatePort(findings, port, `${path}.port`);
    if (bind !== '') rejectIf(findings, 'address-invalid', `${path}.bind`, checkIpAddress(bind));
    if (ports.has(port.number)) {
      const message = 'sidecar: ports on IP bound listeners must be unique';
      reject(findings, 'duplicate', `${path}.port.number`, message);
    }
    ports.add(port.number);
    validateDefaultEndpoint(findings, listener.defaultEndpoint, `${path}.defaultEndpoint`);
    validateTls(findings, listener, `${path}.tls`);
    validatePool(findings, listener, path);
  });
}
