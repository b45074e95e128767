import type { ServicePort } from '../../resources';
import type { Analyzer } from './analyzer';
import { isControlPlane, isManagedGateway } from './control-plane';
import { messageOn } from './message';

/** Protocol words that a port name may be or start with (`pkg/config/protocol/instance.go:Parse`). */
const protocols = new Set([
  'grpc',
  'grpc-web',
  'http',
  'http2',
  'http_proxy',
  'https',
  'hbone',
  'mongo',
  'mysql',
  'redis',
  'tcp',
  'tls',
  'udp',
]);

/** Ports on which Istio does not guess, because the server speaks first (`pkg/config/kube/conversion.go`). */
const wellKnownTcpPorts = new Set([25, 3306, 27017]);

/** Values of `appProtocol` with a meaning, beside the protocol words. */
const appProtocols = new Set([
  'kubernetes.io/h2c',
  'kubernetes.io/ws',
  'kubernetes.io/wss',
  'ws',
  'wss',
  'h2c',
]);

const known = (name: string) => {
  const text = name.toLowerCase();
  const dash = text.indexOf('-');
  return (
    protocols.has(text) ||
    text.startsWith('grpc-web-') ||
    (dash > 0 && protocols.has(text.slice(0, dash)))
  );
};

/** True when Istio cannot tell the protocol from what is written, and would have to sniff. */
function unnamed({ name = '', protocol, appProtocol, port }: ServicePort): boolean {
  if (protocol === 'UDP') return false;
  if (appProtocol !== undefined) {
    const text = appProtocol.toLowerCase();
    return !protocols.has(text) && !appProtocols.has(text);
  }
  return !known(name) && !wellKnownTcpPorts.has(port);
}

/** Port names that say no protocol. Source: `service/portname.go`. */
export const portNames: Analyzer = {
  name: 'service.PortNameAnalyzer',
  codes: ['IST0118', 'IST0150'],
  *analyze({ resources }) {
    for (const service of resources.services) {
      if (isControlPlane(service) || isManagedGateway(service)) continue;
      const external = service.spec.type === 'ExternalName';
      for (const [index, port] of service.spec.ports.entries()) {
        if (!unnamed(port) && !(external && port.name === 'tcp')) continue;
        const message = external
          ? 'Port name for ExternalName service is invalid. Proxy may prevent tcp named ports and unmatched traffic for ports serving TCP protocol from being forwarded correctly'
          : `Port name ${port.name ?? ''} (port: ${port.port}, targetPort: ${port.targetPort ?? 0}) doesn't follow the naming convention of Istio port.`;
        yield messageOn(external ? 'IST0150' : 'IST0118', service, message, `spec.ports.${index}`);
      }
    }
  },
};
