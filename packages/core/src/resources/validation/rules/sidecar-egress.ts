import { type Findings, reject, rejectIf, warn } from '../findings';
import type { Subject } from '../subject';
import { checkIpAddress } from '../syntax/ip-address';
import { validateNamespacedHost } from '../syntax/namespaced-host';
import { checkPort, checkPortName } from '../syntax/port';
import { checkProtocol } from '../syntax/protocol';
import { checkUnixSocket, isUnixSocket } from '../syntax/unix-socket';
import { hasHostExclusions } from '../versions';
import type { SidecarMessage } from './sidecar-message';

type Listener = SidecarMessage['egress'][number];
type ListenerPort = NonNullable<Listener['port']>;

/** A listener on a Unix socket: port 0, a socket to bind, no capture by iptables. */
function validateSocket(findings: Findings, { bind, captureMode }: Listener, path: string): void {
  if (isUnixSocket(bind)) {
    rejectIf(findings, 'address-invalid', `${path}.bind`, checkUnixSocket(bind));
  } else {
    const message = 'sidecar: ports with 0 value must have a unix domain socket bind address';
    reject(findings, 'address-invalid', `${path}.bind`, message);
  }
  if (captureMode !== 'DEFAULT' && captureMode !== 'NONE') {
    const message = 'sidecar: captureMode must be DEFAULT/NONE for unix domain socket listeners';
    reject(findings, 'conflict', `${path}.captureMode`, message);
  }
}

function validatePort(
  findings: Findings,
  listener: Listener,
  port: ListenerPort,
  path: string,
): void {
  if (port.targetPort > 0) {
    const message = 'targetPort has no impact on Sidecars';
    reject(findings, 'no-effect', `${path}.port.targetPort`, message);
  }
  if (port.name !== '') {
    rejectIf(findings, 'port-invalid', `${path}.port.name`, checkPortName(port.name));
  }
  rejectIf(findings, 'protocol-invalid', `${path}.port.protocol`, checkProtocol(port.protocol));
  if (port.number === 0) {
    validateSocket(findings, listener, path);
    return;
  }
  rejectIf(findings, 'port-invalid', `${path}.port.number`, checkPort(port.number));
  if (listener.bind !== '') {
    rejectIf(findings, 'address-invalid', `${path}.bind`, checkIpAddress(listener.bind));
  }
}

/** Which hosts of each namespace were named before; exclusions (`~ns/host`) do not count. */
function warnOfDuplicates(
  findings: Findings,
  subject: Subject,
  hosts: readonly string[],
  path: string,
): void {
  const byNamespace = new Map<string, Set<string>>();
  hosts.forEach((host, at) => {
    const slash = host.indexOf('/');
    if (slash < 0) return;
    const written = host.slice(0, slash);
    if (hasHostExclusions(subject.minor) && written.length > 1 && written.startsWith('~')) return;
    const namespace = written === '.' ? subject.namespace : written;
    const service = host.slice(slash + 1);
    const named = byNamespace.get(namespace) ?? new Set<string>();
    byNamespace.set(namespace, named);
    const repeated = service === '*' ? named.size > 0 : named.has(service) || named.has('*');
    if (repeated) warn(findings, 'duplicate', `${path}.${at}`, `duplicated egress host: ${host}`);
    named.add(service);
  });
  if (byNamespace.get('*')?.has('*') === true && byNamespace.size > 1) {
    const message = '`*/*` host select all resources, no other hosts can be added';
    warn(findings, 'no-effect', path, message);
  }
}

function validateHosts(
  findings: Findings,
  subject: Subject,
  listener: Listener,
  path: string,
): void {
  const { hosts } = listener;
  if (hosts.length === 0) {
    const message = 'sidecar: egress listener must contain at least one host';
    reject(findings, 'missing', path, message);
    return;
  }
  warnOfDuplicates(findings, subject, hosts, path);
  const exclusions = hasHostExclusions(subject.minor);
  hosts.forEach((host, at) => {
    validateNamespacedHost(findings, host, { path: `${path}.${at}`, gateway: false, exclusions });
  });
}

/** The egress listeners of a Sidecar: the one without a port comes last. */
export function validateSidecarEgress(
  findings: Findings,
  subject: Subject,
  listeners: readonly Listener[],
): void {
  const ports = new Set<number>();
  const sockets = new Set<string>();
  listeners.forEach((listener, at) => {
    const path = `spec.egress.${at}`;
    const { port, bind } = listener;
    if (port === undefined && at < listeners.length - 1) {
      const message =
        'sidecar: the egress listener with empty port should be the last listener in the list';
      reject(findings, 'conflict', path, message);
    }
    if (port !== undefined) {
      validatePort(findings, listener, port, path);
      const repeated = port.number === 0 ? sockets.has(bind) : ports.has(port.number);
      if (repeated) {
        const message =
          port.number === 0
            ? 'sidecar: unix domain socket values for listeners must be unique'
            : 'sidecar: ports on IP bound listeners must be unique';
        reject(findings, 'duplicate', `${path}.port`, message);
      }
      if (port.number === 0) sockets.add(bind);
      else ports.add(port.number);
    }
    validateHosts(findings, subject, listener, `${path}.hosts`);
  });
}
