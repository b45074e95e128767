import type { ReasonCode } from '../simulation';

/** A cause of a symptom, and how to tell it from the others. */
export interface SymptomCause {
  readonly reason: ReasonCode;
  readonly cause: string;
  readonly tellApart: string;
}

/** What a client sees, with its causes, the likeliest first. */
export interface SymptomEntry {
  readonly id: string;
  readonly title: string;
  /** Words that people search for, lower case. */
  readonly words: readonly string[];
  readonly causes: readonly SymptomCause[];
}

const cause = (reason: ReasonCode, what: string, tellApart: string): SymptomCause => ({
  reason,
  cause: what,
  tellApart,
});

/** Sources: the table of the recorded suite e2e, "What the app sees", and the collected reports of users. */
export const symptomCatalogue: readonly SymptomEntry[] = [
  {
    id: 'http-502',
    title: 'HTTP 502 with an empty body and `server: envoy`',
    words: ['502', 'bad gateway', 'block_all'],
    causes: [
      cause(
        'registry-only-no-virtual-host',
        'the Host is not registered and the outbound policy is REGISTRY_ONLY',
        'access log: route `block_all`, no upstream; another Host on the same port works',
      ),
      cause(
        'upstream-protocol-error',
        'the upstream does not answer in HTTP',
        'access log: flag UPE and an upstream address',
      ),
    ],
  },
  {
    id: 'tls-closed',
    title: 'TLS handshake closed right after connecting',
    words: [
      'ssl_error_syscall',
      'curl: (35)',
      'tls closed',
      'unexpected eof',
      'connection reset during handshake',
      'ssl_connect',
    ],
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
      'unknown protocol',
      'packet length too long',
    ],
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
    id: 'http-404-nr',
    title: 'HTTP 404 with flag NR',
    words: ['404', '404 nr', 'route_not_found', 'nr route_not_found'],
    causes: [
      cause(
        'connect-no-route',
        'a CONNECT request goes to a port that is HTTP for Envoy',
        'access log: method CONNECT; declare the port of the forward proxy as TCP',
      ),
      cause(
        'no-route',
        'the host is known and none of its routes matches',
        'access log: route_not_found; look at the matches of the VirtualService',
      ),
    ],
  },
  {
    id: 'http-503-nc',
    title: 'HTTP 503 with flag NC',
    words: ['503 nc', 'cluster_not_found', 'nc cluster'],
    causes: [
      cause(
        'cluster-missing',
        'the route names a host, port or subset without a cluster',
        'access log: flag NC; the subset is not defined, or the host is not visible to this workload',
      ),
    ],
  },
  {
    id: 'http-503-uh',
    title: 'HTTP 503 `no healthy upstream`, flag UH',
    words: ['503 uh', 'no healthy upstream', 'uh'],
    causes: [
      cause(
        'no-healthy-endpoint',
        'the cluster has no endpoint: no ready pod, a name that does not resolve, a selector without match',
        'access log: flag UH and an outbound cluster',
      ),
    ],
  },
  {
    id: 'http-503-uf',
    title: 'HTTP 503 `upstream connect error`, flag UF or URX,UF',
    words: [
      '503',
      '503 uf',
      'urx',
      'upstream connect error',
      'upstream_reset_before_response_started',
      'delayed connect error',
    ],
    causes: [
      cause(
        'endpoint-refuses',
        'the upstream refuses the connection',
        'access log: delayed_connect_error: Connection refused',
      ),
      cause(
        'endpoint-silent',
        'the upstream does not answer within connectTimeout',
        'access log: connection_timeout',
      ),
      cause(
        'server-certificate-not-verified',
        'TLS origination: the certificate of the server does not verify',
        'access log: TLS_error, CERTIFICATE_VERIFY_FAILED',
      ),
      cause(
        'tls-not-accepted',
        'the upstream does not take the TLS that the sidecar starts',
        'access log: TLS_error, WRONG_VERSION_NUMBER',
      ),
      cause(
        'plaintext-to-strict',
        'the called pod wants mutual TLS and this side sends plaintext',
        'access log of the called pod: filter_chain_not_found',
      ),
      cause(
        'no-healthy-endpoint',
        'the cluster has no endpoint',
        'body `no healthy upstream`, flag UH',
      ),
      cause(
        'cluster-missing',
        'the route names a cluster that does not exist',
        'empty body, flag NC',
      ),
    ],
  },
  {
    id: 'http-503-df',
    title: 'HTTP 503 `DNS resolution failure`, flag DF',
    words: ['dns resolution failure', '503 df', 'dns_resolution_failure'],
    causes: [
      cause(
        'upstream-name-unresolved',
        'Envoy cannot resolve the Host of the request',
        'access log: flag DF; nslookup in the proxy container',
      ),
    ],
  },
  {
    id: 'http-504',
    title: 'HTTP 504 `upstream request timeout`, flag UT',
    words: ['504', 'upstream request timeout', 'ut'],
    causes: [
      cause(
        'upstream-timeout',
        'the timeout of the route passes',
        'access log: flag UT, response_timeout',
      ),
    ],
  },
  {
    id: 'http-403',
    title: 'HTTP 403 `RBAC: access denied`',
    words: ['403', 'rbac', 'access denied'],
    causes: [
      cause(
        'rbac-denied',
        'an AuthorizationPolicy of the called pod denies the call',
        'access log of the called pod: rbac_access_denied_matched_policy',
      ),
    ],
  },
  {
    id: 'http-426',
    title: 'HTTP 426 Upgrade Required',
    words: ['426', 'upgrade required'],
    causes: [cause('http10-on-http-port', 'the client speaks HTTP/1.0', 'curl --http1.1 works')],
  },
  {
    id: 'http-400-https-port',
    title: 'HTTP 400 `The plain HTTP request was sent to HTTPS port`',
    words: ['400', 'plain http request was sent to https port'],
    causes: [
      cause(
        'missing-tls-origination',
        'plain HTTP leaves the pod and arrives at a port that wants TLS',
        'no DestinationRule with tls.mode SIMPLE for this host and port, or it uses credentialName on a sidecar',
      ),
      cause('no-host-header', 'the request has no Host', '`server: envoy` and an empty body'),
    ],
  },
  {
    id: 'name',
    title: 'Could not resolve host',
    words: [
      'could not resolve host',
      'nxdomain',
      'no such host',
      'name or service not known',
      'eai_again',
    ],
    causes: [
      cause(
        'name-not-resolved',
        'the name is not in DNS, and a ServiceEntry is not DNS',
        'nslookup in the application container',
      ),
      cause(
        'dns-proxy-not-running',
        'DNS capture is on and the agent is not running',
        'only at start-up or in an init container',
      ),
    ],
  },
  {
    id: 'refused',
    title: 'Connection refused',
    words: ['connection refused', 'econnrefused', 'curl: (7)', 'failed to connect'],
    causes: [
      cause(
        'before-proxy-start',
        'rules are in place and the proxy does not listen',
        'only at start-up, at shutdown, or in an init container',
      ),
      cause(
        'endpoint-refuses',
        'the call goes around the proxy and the destination refuses it',
        'works or fails the same without a sidecar',
      ),
      cause(
        'application-not-listening',
        'nothing listens on this port in the pod',
        'the call stays inside the pod',
      ),
    ],
  },
  {
    id: 'hang',
    title: 'Connects, then hangs',
    words: [
      'hang',
      'hangs',
      'timeout waiting for greeting',
      'lost connection to mysql server',
      'reading initial communication packet',
    ],
    causes: [
      cause(
        'sniffing-waits',
        'a server-first protocol on a port whose protocol the proxy wants to find out',
        'no access log line at all; declare the port as TCP',
      ),
      cause(
        'endpoint-silent',
        'the destination does not answer',
        'access log line after the connect timeout',
      ),
    ],
  },
  {
    id: 'closed',
    title: 'Connection closed without an answer',
    words: [
      'empty reply from server',
      'connection reset by peer',
      'econnreset',
      'curl: (52)',
      'eof',
      'reset',
    ],
    causes: [
      cause(
        'registry-only-no-listener',
        'nothing registers this address and port, and the outbound policy is REGISTRY_ONLY',
        'access log: BlackHoleCluster, virtualOutbound-catchall-tcp',
      ),
      cause(
        'registry-only-no-filter-chain',
        'the port is known, no filter chain takes these bytes',
        'access log: BlackHoleCluster, PassthroughFilterChain',
      ),
      cause(
        'plaintext-to-strict',
        'the called pod accepts mutual TLS only',
        'access log of the called pod: NR',
      ),
      cause('loop-protection', 'the call goes to a port of the proxy', 'port 15001 or 15006'),
    ],
  },
  {
    id: 'certificate',
    title: 'Certificate error in the application',
    words: [
      'certificate verify failed',
      'x509',
      'hostname mismatch',
      'self-signed certificate',
      'certificate has expired',
      'curl: (60)',
    ],
    causes: [
      cause(
        'service-entry',
        "the certificate is the server's own: a sidecar that passes TLS through never replaces it",
        'openssl s_client without the sidecar shows the same',
      ),
    ],
  },
];
