/** `ClientTLSSettings` of a DestinationRule or of `outboundTrafficPolicy.tls`. */
export interface ClientTls {
  readonly mode: 'DISABLE' | 'SIMPLE' | 'MUTUAL' | 'ISTIO_MUTUAL';
  readonly clientCertificate?: string;
  readonly privateKey?: string;
  readonly caCertificates?: string;
  readonly credentialName?: string;
  readonly subjectAltNames?: readonly string[];
  readonly sni?: string;
  /** Three states: unset keeps Istio's default (verify). */
  readonly insecureSkipVerify?: boolean;
  readonly caCrl?: string;
}
