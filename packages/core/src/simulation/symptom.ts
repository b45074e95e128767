/** What the application sees; the fields of conformance/e2e. */
export interface Symptom {
  /** Words: `connects, then the TLS handshake is closed (curl: SSL_ERROR_SYSCALL)`. */
  readonly summary: string;
  /** First step that failed, else the last one: `http:502`, `tls:closed`, `connect:refused`, `tcp:echo`. */
  readonly code: string;
  readonly dns?: string;
  readonly connect?: string;
  readonly tls?: string;
  readonly http?: {
    readonly status?: number;
    readonly error?: string;
    readonly answeredBy?: string;
  };
  readonly tcp?: string;
  readonly udp?: string;
  readonly reached?: { readonly where: string; readonly ip?: string; readonly port?: number };
  readonly captured?: string;
  readonly via: 'envoy' | 'direct' | 'none';
  readonly cluster?: string;
  readonly responseFlags?: string;
}
