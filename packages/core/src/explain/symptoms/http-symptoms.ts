import { cause, type SymptomEntry } from './symptom-entry';

/** Statuses that the client reads. Source: recorded suite e2e, "What the app sees", and Envoy's response flags. */
export const httpSymptoms: readonly SymptomEntry[] = [
  {
    id: 'http-502',
    title: 'HTTP 502 with an empty body and `server: envoy`',
    words: ['502', 'bad gateway', '502 bad gateway', 'block_all', 'upstream protocol error', 'upe'],
    codes: ['http:502'],
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
    id: 'http-404-nr',
    title: 'HTTP 404 with flag NR',
    words: [
      '404',
      '404 nr',
      'route_not_found',
      'nr route_not_found',
      '404 not found',
      'connect 404',
    ],
    codes: ['http:404', 'proxy:404'],
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
    words: ['503 nc', 'cluster_not_found', 'nc cluster_not_found', 'nc'],
    codes: ['http:503'],
    flags: ['NC'],
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
    words: ['503 uh', 'no healthy upstream', 'uh', 'no_healthy_upstream'],
    codes: ['http:503'],
    flags: ['UH'],
    causes: [
      cause(
        'no-healthy-endpoint',
        'the cluster has no endpoint: no ready pod, a name that does not resolve, a selector without match',
        'access log: flag UH and an outbound cluster',
      ),
      cause(
        'older-entry-wins',
        'another object has the same host, and its cluster has no endpoint for this port',
        'access log: the cluster is that of the other object; look for the host in all namespaces',
      ),
    ],
  },
  {
    id: 'http-503-uf',
    title: 'HTTP 503 `upstream connect error`, flag UF or URX,UF',
    words: [
      '503',
      '503 uf',
      '503 service unavailable',
      'urx',
      'uf',
      'upstream connect error or disconnect/reset before headers',
      'upstream connect error',
      'upstream_reset_before_response_started',
      'delayed connect error',
      '240.240',
      'auto allocate',
      '503 after enabling dns auto allocation',
    ],
    codes: ['http:503'],
    causes: [
      cause(
        'endpoint-refuses',
        'the upstream refuses the connection',
        'access log: delayed_connect_error: Connection refused',
      ),
      cause(
        'endpoint-silent',
        'the upstream does not answer within connectTimeout; also an allocated address (240.240.x.x) on a port that its ServiceEntry does not have',
        'access log: connection_timeout; upstream address 240.240.x.x and cluster PassthroughCluster for the second',
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
      cause(
        'upstream-name-unresolved',
        'Envoy cannot resolve the Host of the request',
        'access log: flag DF',
      ),
    ],
  },
  {
    id: 'http-503-df',
    title: 'HTTP 503 `DNS resolution failure`, flag DF',
    words: ['dns resolution failure', '503 df', 'dns_resolution_failure', 'df'],
    codes: ['http:503'],
    flags: ['DF'],
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
    words: ['504', '504 gateway timeout', 'upstream request timeout', 'ut', '504 ut'],
    codes: ['http:504'],
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
    words: ['403', '403 forbidden', 'rbac', 'access denied', 'rbac: access denied'],
    codes: ['http:403'],
    causes: [
      cause(
        'rbac-denied',
        'an AuthorizationPolicy of the called pod or gateway denies the call',
        'access log of the called pod: rbac_access_denied_matched_policy',
      ),
    ],
  },
  {
    id: 'http-426',
    title: 'HTTP 426 Upgrade Required',
    words: ['426', 'upgrade required', '426 upgrade required'],
    codes: ['http:426'],
    causes: [cause('http10-on-http-port', 'the client speaks HTTP/1.0', 'curl --http1.1 works')],
  },
  {
    id: 'http-400-https-port',
    title: 'HTTP 400 `The plain HTTP request was sent to HTTPS port`',
    words: [
      '400',
      '400 bad request',
      'the plain http request was sent to https port',
      'client sent an http request to an https server',
    ],
    codes: ['http:400', 'tcp:http-400'],
    causes: [
      cause(
        'missing-tls-origination',
        'plain HTTP leaves the pod and arrives at a port that wants TLS',
        'no DestinationRule with tls.mode SIMPLE for this host and port, or it uses credentialName on a sidecar',
      ),
      cause('no-host-header', 'the request has no Host', '`server: envoy` and an empty body'),
      cause(
        'tcp-on-http-port',
        'bytes that are not HTTP arrive at a port that is HTTP for Envoy',
        'access log: flag DPE; declare the port as TCP',
      ),
    ],
  },
  {
    id: 'http-redirect',
    title: 'A status or redirect that the destination never sent',
    words: ['301', '302', 'redirect', 'fault filter abort', 'server: envoy', 'direct response'],
    codes: ['http:*'],
    causes: [
      cause(
        'route-answers',
        'a VirtualService answers, redirects or aborts the request itself',
        'access log: no upstream; flag FI for a fault',
      ),
    ],
  },
];
