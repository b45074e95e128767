/** Where a connection ended. `remote`: outside the pod; `pod`: the pod's own application; `agent`: pilot-agent's port 15020. */
export type EndHost = 'remote' | 'pod' | 'agent';

/** The end host that got the connection, and what it saw. */
export interface Reached {
  readonly where: EndHost;
  /** As on the wire at the end host. */
  readonly ip: string;
  readonly port: number;
  /** Address that the end host sees as the source. */
  readonly source?: string;
  /** Whether the bytes on the wire are TLS. */
  readonly tls: boolean;
  readonly sni?: string;
  /** Protocol agreed on in the handshake. */
  readonly alpn?: string;
  /** Istio mutual TLS: both sides show workload certificates. */
  readonly istioMtls?: boolean;
  /** What the TLS session of a proxy carries when it is TLS again. */
  readonly inner?: 'tls';
  readonly innerSni?: string;
  /** Host header or `:authority`. */
  readonly authority?: string;
  readonly path?: string;
  readonly method?: string;
  /** Absent when the connection was opened and no payload arrived. */
  readonly protocol?: 'http/1.1' | 'http/1.0' | 'h2' | 'tcp' | 'udp';
  readonly handshake?: 'failed';
  readonly viaConnect?: string;
}

export interface DnsSymptom {
  readonly result: 'ok' | 'nxdomain' | 'nodata' | 'timeout' | 'refused' | 'unknown';
  readonly addresses: readonly string[];
}

export interface HttpSymptom {
  readonly status?: number;
  readonly error?: 'closed' | 'timeout' | 'garbage';
  readonly answeredBy?: 'remote' | 'app' | 'agent' | 'envoy';
  readonly location?: string;
  /** Text that Envoy writes into its own answers. */
  readonly body?: string;
}

/** An error of the kernel before anything is sent, by its name in errno.h. */
export type SocketError = 'einval' | 'enetunreach' | 'eaddrnotavail' | 'eacces';

/** How connect() fails: the other side refuses, nobody answers until a timeout, or the kernel sends nothing. */
export type ConnectFailure = 'refused' | 'timeout' | SocketError;

/** What the application sees; the fields of the recorded suite `e2e`. */
export interface Symptom {
  /** Words: `connects, then the TLS handshake is closed (curl: SSL_ERROR_SYSCALL)`. */
  readonly summary: string;
  /** First step that failed, else the last one: `http:502`, `tls:closed`, `connect:refused`, `tcp:echo`. */
  readonly code: string;
  /** Absent when an address was dialled. */
  readonly dns?: DnsSymptom;
  readonly connect?: 'ok' | ConnectFailure;
  /** `ok`, `closed`, `wrong_version_number`, `verify-failed: …`. */
  readonly tls?: string;
  readonly http?: HttpSymptom;
  readonly tcp?: 'echo' | 'banner' | 'data' | 'closed' | 'hang' | 'http-400';
  readonly udp?: 'echo' | 'timeout';
  /** Status of the answer to the client's own CONNECT. */
  readonly proxyStatus?: number;
  readonly reached?: Reached;
  /** What the kernel did with the call's own connection: `outbound:15001`, `inbound:15006`, `dns:15053`. */
  readonly captured?: string;
  readonly via: 'envoy' | 'direct' | 'none';
  /** Cluster, route and flags in the access log of the first Envoy hop. */
  readonly cluster?: string;
  readonly route?: string;
  readonly responseFlags?: string;
}
