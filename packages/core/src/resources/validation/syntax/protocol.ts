/** Protocol families of `pkg/config/protocol/instance.go`. */
type Family = 'http' | 'tls' | 'https' | 'tcp' | 'other';

const families: ReadonlyMap<string, Family> = new Map<string, Family>([
  ['http', 'http'],
  ['http2', 'http'],
  ['http_proxy', 'http'],
  ['grpc', 'http'],
  ['grpc-web', 'http'],
  ['https', 'https'],
  ['tls', 'tls'],
  ['tcp', 'tcp'],
  ['mongo', 'tcp'],
  ['redis', 'tcp'],
  ['mysql', 'tcp'],
  ['udp', 'other'],
  ['hbone', 'other'],
]);

const familyOf = (protocol: string) => families.get(protocol.toLowerCase());

export const isKnownProtocol = (protocol: string): boolean => familyOf(protocol) !== undefined;
export const isHttpProtocol = (protocol: string): boolean => familyOf(protocol) === 'http';
export const isTlsProtocol = (protocol: string): boolean =>
  ['tls', 'https'].includes(familyOf(protocol) ?? '');
export const isTcpProtocol = (protocol: string): boolean =>
  ['tcp', 'tls', 'https'].includes(familyOf(protocol) ?? '');

/** `ValidateProtocol`: empty stands for detection. */
export const checkProtocol = (protocol: string): string | undefined =>
  protocol === '' || isKnownProtocol(protocol) ? undefined : `unsupported protocol: ${protocol}`;
