/** TCP for a ServiceEntry port: what says nothing, or TCP and its kin that carry no host name. */
export function isTcpPort(protocol: string): boolean {
  return ['', 'TCP', 'MONGO', 'MYSQL', 'REDIS'].includes(protocol.toUpperCase());
}

/** HTTP family: routed by the Host header. */
export function isHttpPort(protocol: string): boolean {
  return ['HTTP', 'HTTP2', 'GRPC', 'GRPC-WEB', 'HTTP_PROXY'].includes(protocol.toUpperCase());
}

/** TLS passed through, told apart by server name. */
export function isTlsPort(protocol: string): boolean {
  return ['TLS', 'HTTPS'].includes(protocol.toUpperCase());
}
