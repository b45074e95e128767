import { type Findings, reject } from '../findings';
import type { Subject } from '../subject';
import type { ServiceEntryMessage } from './service-entry-message';

const protocols = new Set(['http', 'http2', 'grpc', 'tls']);

/** `none` and empty stand for no waypoint. */
const usesWaypoint = (subject: Subject) =>
  !['', 'none'].includes(subject.labels.get('istio.io/use-waypoint') ?? '');

/** DYNAMIC_DNS (Istio 1.27): only wildcard hosts, no addresses and endpoints, only protocols that name the host. */
export function validateDynamicDns(
  findings: Findings,
  subject: Subject,
  entry: ServiceEntryMessage,
): void {
  if (entry.addresses.length > 0) {
    const message =
      'addresses cannot be set for resolution type DYNAMIC_DNS. HTTP route domains will only be generatedfrom the hosts field values';
    reject(findings, 'conflict', 'spec.addresses', message);
  }
  if (entry.endpoints.length > 0) {
    const message =
      'endpoints cannot be set for resolution type DYNAMIC_DNS. Destination IP address determined from hostsfield values';
    reject(findings, 'conflict', 'spec.endpoints', message);
  }
  entry.hosts.forEach((host, at) => {
    if (host.startsWith('*')) return;
    const message = 'host must be wildcarded for resolution mode DYNAMIC_DNS';
    reject(findings, 'host-invalid', `spec.hosts.${at}`, message);
  });
  const other = entry.ports.findIndex(port => !protocols.has(port.protocol.toLowerCase()));
  if (other >= 0) {
    const message =
      'only HTTP, TLS, GRPC, and HTTP2 protocols are supported for resolution type DYNAMIC_DNS';
    reject(findings, 'protocol-invalid', `spec.ports.${other}.protocol`, message);
  }
  if (entry.location === 'MESH_INTERNAL' && usesWaypoint(subject)) {
    const message =
      'location MESH_INTERNAL with resolution type DYNAMIC_DNS is not supported when using waypoints';
    reject(findings, 'conflict', 'spec.location', message);
  }
}
