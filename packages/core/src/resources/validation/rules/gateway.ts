import type { ValueOf } from '../../schema';
import type { gatewaySchema } from '../../schema/kinds/gateway';
import { type Findings, merge, noFindings, quoted, reject, rejectIf, warn } from '../findings';
import type { Subject } from '../subject';
import { isDnsLabel } from '../syntax/dns-name';
import { checkIpAddress } from '../syntax/ip-address';
import { validateNamespacedHost } from '../syntax/namespaced-host';
import { checkPort } from '../syntax/port';
import { isHttpProtocol, isKnownProtocol, isTlsProtocol } from '../syntax/protocol';
import { checkUnixSocket, isUnixSocket } from '../syntax/unix-socket';
import { validateServerTls } from './server-tls';

type GatewayMessage = ValueOf<typeof gatewaySchema>;
type Server = GatewayMessage['servers'][number];
type ServerPort = NonNullable<Server['port']>;

const describePort = (port: ServerPort) =>
  [
    port.number === 0 ? '' : `number:${port.number}`,
    port.protocol === '' ? '' : `protocol:${quoted(port.protocol)}`,
    port.name === '' ? '' : `name:${quoted(port.name)}`,
  ]
    .filter(part => part !== '')
    .join(' ');

function validateServerPort(findings: Findings, server: Server, path: string): void {
  const { port, bind } = server;
  if (port === undefined) {
    reject(findings, 'missing', path, 'port is required');
    return;
  }
  if (!isKnownProtocol(port.protocol)) {
    const message = `invalid protocol ${quoted(port.protocol)}, supported protocols are HTTP, HTTP2, GRPC, GRPC-WEB, MONGO, REDIS, MYSQL, TCP`;
    reject(findings, 'protocol-invalid', `${path}.protocol`, message);
  }
  if (port.number > 0 || !isUnixSocket(bind)) {
    rejectIf(findings, 'port-invalid', `${path}.number`, checkPort(port.number));
  }
  if (port.targetPort > 0) {
    const message = 'targetPort has no impact on Gateways';
    reject(findings, 'no-effect', `${path}.targetPort`, message);
  }
  if (port.name === '') {
    reject(findings, 'missing', `${path}.name`, `port name must be set: ${describePort(port)}`);
  }
}

function validateBind(findings: Findings, server: Server, path: string): void {
  const { bind, port } = server;
  if (!isUnixSocket(bind)) {
    if (bind !== '') rejectIf(findings, 'address-invalid', path, checkIpAddress(bind));
    return;
  }
  rejectIf(findings, 'address-invalid', path, checkUnixSocket(bind));
  if (port !== undefined && port.number !== 0) {
    const message = `port number must be 0 for unix domain socket: ${describePort(port)}`;
    reject(findings, 'conflict', path, message);
  }
}

/** TLS settings belong to TLS ports; plain HTTP takes only the redirect. */
function validatePortTls(findings: Findings, server: Server, path: string): void {
  const { tls, port } = server;
  const protocol = port?.protocol ?? '';
  if (isTlsProtocol(protocol)) {
    if (tls !== undefined) return;
    const message = 'server must have TLS settings for HTTPS/TLS protocols';
    reject(findings, 'missing', path, message);
    return;
  }
  if (tls === undefined) return;
  if (!isHttpProtocol(protocol)) {
    const message = 'server cannot have TLS settings for non HTTPS/TLS ports';
    reject(findings, 'conflict', path, message);
    return;
  }
  const files = tls.caCertificates + tls.privateKey + tls.serverCertificate;
  const passes = tls.mode === 'PASSTHROUGH' || tls.mode === 'AUTO_PASSTHROUGH';
  if (passes && files === '') return;
  const message = 'server cannot have TLS settings for plain text HTTP ports';
  reject(findings, 'conflict', path, message);
}

function validateServer(findings: Findings, server: Server, path: string): void {
  if (server.hosts.length === 0) {
    const message = 'server config must contain at least one host';
    reject(findings, 'missing', `${path}.hosts`, message);
  }
  server.hosts.forEach((host, at) => {
    const place = { path: `${path}.hosts.${at}`, gateway: true, exclusions: false };
    validateNamespacedHost(findings, host, place);
  });
  const port = noFindings();
  validateServerPort(port, server, `${path}.port`);
  merge(findings, port);
  validateBind(findings, server, `${path}.bind`);
  validateServerTls(findings, server.tls, `${path}.tls`);
  if (port.errors.length === 0) validatePortTls(findings, server, `${path}.tls`);
}

/** `ValidateGateway`. */
export function validateGateway(
  findings: Findings,
  subject: Subject,
  gateway: GatewayMessage,
): void {
  if (!isDnsLabel(subject.name)) {
    const message = `invalid gateway name: ${quoted(subject.name)}`;
    reject(findings, 'name-invalid', 'metadata.name', message);
  }
  if (gateway.servers.length === 0) {
    reject(findings, 'missing', 'spec.servers', 'gateway must have at least one server');
  }
  const names = new Set<string>();
  gateway.servers.forEach((server, at) => {
    const path = `spec.servers.${at}`;
    validateServer(findings, server, path);
    const { port, tls } = server;
    if (port === undefined) return;
    if (names.has(port.name)) {
      const message = `port names in servers must be unique: duplicate name ${port.name}`;
      reject(findings, 'duplicate', `${path}.port.name`, message);
    }
    names.add(port.name);
    if (!isHttpProtocol(port.protocol) && tls?.httpsRedirect === true) {
      const message = 'tls.httpsRedirect should only be used with http servers';
      warn(findings, 'no-effect', `${path}.tls.httpsRedirect`, message);
    }
  });
}
