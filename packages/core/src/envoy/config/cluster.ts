import type { Origin } from '../../origin';

export type DiscoveryType =
  | 'STATIC'
  | 'EDS'
  | 'STRICT_DNS'
  | 'LOGICAL_DNS'
  | 'ORIGINAL_DST'
  | 'DYNAMIC_FORWARD_PROXY';

/** Who the proxy says it is in the handshake: nobody, a certificate from a file or secret, the mesh's own. */
export type ClientCertificate = 'none' | 'file' | 'workload';

/** TLS towards the endpoints. `per-endpoint` is mesh TLS for those whose `mtls` is set and plaintext for the others. */
export type UpstreamTls =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'tls' | 'per-endpoint';
      readonly clientCertificate: ClientCertificate;
      /** SNI that the configuration fixes. */
      readonly sni?: string;
      /** SNI is the Host of the request. */
      readonly autoSni: boolean;
      /** False accepts any server certificate. */
      readonly verify: boolean;
      /** Path of the root bundle inside the proxy; absent: the operating system's. */
      readonly caCertificates?: string;
      /** Names that the server certificate must bear one of. */
      readonly subjectAltNames?: readonly string[];
      /** The server certificate must bear the Host of the request. */
      readonly autoSanValidation?: boolean;
      readonly origin: Origin;
    };

export interface Endpoint {
  /** IP address, or a name that Envoy resolves; `unix://path` for a socket. */
  readonly address: string;
  /** 0 for a unix socket. */
  readonly port: number;
  readonly healthy: boolean;
  /** Marked as able to receive mesh TLS. */
  readonly mtls: boolean;
  readonly weight?: number;
  /** Pod, WorkloadEntry or ServiceEntry that it stands for. */
  readonly origin?: Origin;
}

/** Envoy's `cluster.v3.Cluster` with its load assignment. */
export interface Cluster {
  readonly name: string;
  readonly discovery: DiscoveryType;
  readonly tls: UpstreamTls;
  readonly endpoints: readonly Endpoint[];
  /** ORIGINAL_DST: dials this port instead of the intercepted one. */
  readonly originalDstPort?: number;
  /** Local address to dial from and forced upstream address (`upstream_bind_config` of inbound clusters). */
  readonly sourceAddress?: string;
  /** DYNAMIC_FORWARD_PROXY: name of the DNS cache; a request whose filter uses another one finds no host. */
  readonly dnsCache?: string;
  readonly http2?: boolean;
  /** HTTP/2 upstream when the client speaks it (`use_downstream_protocol_config`). */
  readonly usesClientProtocol?: boolean;
  /** How long a connection to an endpoint may take; 5 seconds when not given. */
  readonly connectTimeoutMs?: number;
  readonly origin: Origin;
}
