import { cause, type SymptomEntry } from './symptom-entry';

/** Handshakes that fail. Source: recorded suite e2e, "What the app sees". */
export const tlsSymptoms: readonly SymptomEntry[] = [
  {
    id: 'tls-closed',
    title: 'TLS handshake closed right after connecting',
    words: [
      'ssl_error_syscall',
      'curl: (35)',
      'ssl_connect',
      'tls closed',
      'unexpected eof while reading',
      'eof during handshake',
      'connection reset during handshake',
      'ssl handshake has read 0 bytes',
      'remote host terminated the handshake',
      'client network socket disconnected before secure tls connection was established',
    ],
    codes: ['tls:closed'],
    causes: [
      cause(
        'registry-only-no-listener',
        'nothing registers this address and port, and the outbound policy is REGISTRY_ONLY',
        'access log: BlackHoleCluster, flag UH, chain virtualOutbound-catchall-tcp',
      ),
      cause(
        'registry-only-no-filter-chain',
        'the server name is unknown or absent on a TLS port, or the port is HTTP for Envoy',
        'access log: BlackHoleCluster, chain PassthroughFilterChain',
      ),
      cause(
        'sni-mismatch',
        'no registered host has the server name that the client sends; names are compared as a whole',
        'openssl s_client -servername with the registered name works',
      ),
      cause(
        'sni-absent',
        'the client sends no server name',
        'openssl s_client -noservername shows the same',
      ),
      cause(
        'shadowed-by-own-namespace',
        'an entry of the own namespace has the same host without this port, and hides the other one',
        'two ServiceEntries with this host; the port works from another namespace',
      ),
      cause(
        'no-healthy-endpoint',
        'the cluster has no endpoint',
        'access log: flag UH with an outbound cluster',
      ),
      cause(
        'endpoint-refuses',
        'the upstream refuses or is silent',
        'access log: flags UF,URX with an upstream address',
      ),
      cause(
        'rbac-denied',
        'an AuthorizationPolicy of the called pod or gateway denies the connection',
        'access log of the called pod: rbac_access_denied_matched_policy',
      ),
      cause(
        'no-inbound-filter-chain',
        'the called pod does not take this TLS',
        'access log of the called pod: NR, filter_chain_not_found',
      ),
    ],
  },
  {
    id: 'wrong-version-number',
    title: 'TLS error: wrong version number',
    words: [
      'wrong version number',
      'wrong_version_number',
      'ssl23_get_server_hello',
      'ssl routines unknown protocol',
      'unknown protocol',
      'packet length too long',
      'first record does not look like a tls handshake',
      'unrecognized ssl message, plaintext connection',
      'http: server gave http response to https client',
    ],
    codes: ['tls:wrong_version_number'],
    causes: [
      cause(
        'double-tls',
        'the application speaks TLS and the sidecar originates TLS as well',
        'a DestinationRule with tls.mode SIMPLE or MUTUAL for this port',
      ),
      cause(
        'tls-on-http-port',
        'port 443 is HTTP for Envoy because of some Service or ServiceEntry',
        'access log: flag DPE, no cluster',
      ),
      cause(
        'tls-not-accepted',
        'the server speaks plaintext on this port',
        'without the sidecar it fails as well',
      ),
    ],
  },
  {
    id: 'certificate',
    title: 'Certificate error in the application',
    words: [
      'certificate verify failed',
      'certificate_verify_failed',
      'x509: certificate',
      'x509',
      'hostname mismatch',
      'self-signed certificate',
      'certificate has expired',
      'unable to get local issuer certificate',
      'curl: (60)',
      'pkix path building failed',
    ],
    codes: ['tls:verify-failed*'],
    causes: [
      cause(
        'service-entry',
        "the certificate is the server's own: a sidecar that passes TLS through never replaces it",
        'openssl s_client without the sidecar shows the same',
      ),
      cause(
        'allow-any',
        "the certificate is the server's own: unknown hosts are passed through",
        'openssl s_client without the sidecar shows the same',
      ),
      cause(
        'port-captured-by-tcp-entry',
        'a TCP ServiceEntry without addresses takes the port: another server answers',
        'the names in the certificate are those of the entry',
      ),
    ],
  },
];
