import type { ServicePort } from '../../resources';

/** Istio's `protocol.Instance` by its own names (`pkg/config/protocol/instance.go`). `Unsupported` is detected at run time. */
export type Protocol =
  | 'TCP'
  | 'HTTP'
  | 'HTTP2'
  | 'GRPC'
  | 'GRPC-Web'
  | 'HTTP_PROXY'
  | 'HTTPS'
  | 'TLS'
  | 'Mongo'
  | 'Redis'
  | 'MySQL'
  | 'UDP'
  | 'HBONE'
  | 'DoubleHBONE'
  | 'Unsupported';

const byName: ReadonlyMap<string, Protocol> = new Map([
  ['tcp', 'TCP'],
  ['udp', 'UDP'],
  ['grpc', 'GRPC'],
  ['grpc-web', 'GRPC-Web'],
  ['http', 'HTTP'],
  ['http_proxy', 'HTTP_PROXY'],
  ['http2', 'HTTP2'],
  ['https', 'HTTPS'],
  ['tls', 'TLS'],
  ['mongo', 'Mongo'],
  ['redis', 'Redis'],
  ['mysql', 'MySQL'],
  ['hbone', 'HBONE'],
  ['double-hbone', 'DoubleHBONE'],
]);

/** Reads a protocol name in any letter case (`pkg/config/protocol/instance.go:Parse`). */
export function parseProtocol(name: string): Protocol {
  return byName.get(name.toLowerCase()) ?? 'Unsupported';
}

/** Protocols that an HTTP connection manager serves (`Instance.IsHTTP`). */
export function isHttp(protocol: Protocol): boolean {
  return (
    protocol === 'HTTP' ||
    protocol === 'HTTP2' ||
    protocol === 'HTTP_PROXY' ||
    protocol === 'GRPC' ||
    protocol === 'GRPC-Web'
  );
}

/** Protocols that speak HTTP/2 on the wire (`Instance.IsHTTP2`). */
export function isHttp2(protocol: Protocol): boolean {
  return protocol === 'HTTP2' || protocol === 'GRPC' || protocol === 'GRPC-Web';
}

/** Protocols that the proxy treats as opaque bytes (`Instance.IsTCP`). */
export function isTcp(protocol: Protocol): boolean {
  return (
    protocol === 'TCP' ||
    protocol === 'HTTPS' ||
    protocol === 'TLS' ||
    protocol === 'Mongo' ||
    protocol === 'Redis' ||
    protocol === 'MySQL'
  );
}

/** Protocols whose bytes start with a TLS handshake (`Instance.IsTLS`). */
export function isTls(protocol: Protocol): boolean {
  return protocol === 'HTTPS' || protocol === 'TLS';
}

/** Ports of server-first protocols: an undeclared port with this number is plain TCP (`pkg/config/kube/conversion.go`). */
const serverFirstPorts: ReadonlySet<number> = new Set([25, 53, 3306, 27017]);

const byAppProtocol: ReadonlyMap<string, Protocol> = new Map([
  ['kubernetes.io/h2c', 'HTTP2'],
  ['kubernetes.io/ws', 'HTTP'],
  ['kubernetes.io/wss', 'HTTPS'],
]);

function inferProtocol(name: string): Protocol {
  if (name.length >= 8 && name.slice(0, 8).toLowerCase() === 'grpc-web') return 'GRPC-Web';
  const dash = name.indexOf('-');
  return parseProtocol(dash < 0 ? name : name.slice(0, dash));
}

/**
 * Protocol of a Kubernetes Service port: `appProtocol`, else the prefix of the port's name
 * (`pkg/config/kube/conversion.go:ConvertProtocol`).
 */
export function servicePortProtocol(port: ServicePort): Protocol {
  if (port.protocol === 'UDP') return 'UDP';
  const known = port.appProtocol === undefined ? undefined : byAppProtocol.get(port.appProtocol);
  if (known !== undefined) return known;
  const protocol = inferProtocol(port.appProtocol ?? port.name ?? '');
  return protocol === 'Unsupported' && serverFirstPorts.has(port.port) ? 'TCP' : protocol;
}
