/** Certificate that the client presents. */
export interface CallCertificate {
  /** `default` is a workload certificate of the mesh. */
  readonly name: string;
  /** URI name in it, such as `spiffe://cluster.local/ns/web/sa/default`. */
  readonly principal?: string;
}

export interface CallTls {
  /** As sent; compared in lower case. */
  readonly sni?: string;
  readonly alpn: readonly string[];
  readonly certificate?: CallCertificate;
}

export interface CallRequest {
  readonly method: string;
  /** Host or :authority as sent; absent: the request has none. */
  readonly authority?: string;
  /** With query. */
  readonly path: string;
  readonly scheme: 'http' | 'https';
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
}

/** One connection with its first bytes, as it reaches Envoy. */
export interface EnvoyCall {
  /** Redirected on its way out or in by the kernel, or a plain connect to a port that Envoy is bound to. */
  readonly entry: 'outbound' | 'inbound' | 'direct';
  /** Original destination, canonical text. */
  readonly address: string;
  readonly port: number;
  readonly sourceAddress?: string;
  /** What is spoken, inside TLS when there is TLS. `tcp`: neither HTTP nor TLS. */
  readonly protocol: 'http/1.0' | 'http/1.1' | 'http2' | 'tcp';
  /** The client sends nothing until the server has spoken. */
  readonly serverFirst?: boolean;
  readonly tls?: CallTls;
  /** Absent when `protocol` is `tcp`. */
  readonly request?: CallRequest;
}
