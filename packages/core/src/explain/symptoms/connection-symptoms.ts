import { cause, type SymptomEntry } from './symptom-entry';

/** Names that do not resolve, connections that are refused, closed or silent, and calls that nothing stops. */
export const connectionSymptoms: readonly SymptomEntry[] = [
  {
    id: 'name',
    title: 'Could not resolve host',
    words: [
      'could not resolve host',
      'curl: (6)',
      'nxdomain',
      'no such host',
      'name or service not known',
      'temporary failure in name resolution',
      'eai_again',
      'enotfound',
      'unknownhostexception',
      'getaddrinfo',
    ],
    codes: ['dns:*'],
    causes: [
      cause(
        'name-not-resolved',
        'the name is not in DNS, and a ServiceEntry is not DNS; wildcard hosts are in no name table',
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
    words: [
      'connection refused',
      'econnrefused',
      'curl: (7)',
      'failed to connect',
      'connection refused at start-up',
      'connection refused in init container',
    ],
    codes: ['connect:refused'],
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
      cause(
        'no-healthy-endpoint',
        'no pod is behind the Service, and the call goes around the proxy',
        'kubectl get endpointslices',
      ),
    ],
  },
  {
    id: 'connect-timeout',
    title: 'The connection times out',
    words: [
      'connection timed out',
      'connect timeout',
      'etimedout',
      'i/o timeout',
      'curl: (28)',
      'operation timed out',
      'no route to host',
    ],
    codes: ['connect:timeout'],
    causes: [
      cause(
        'endpoint-silent',
        'the call goes around the proxy and the destination does not answer: a firewall drops it',
        'connect() itself takes long; through the proxy it succeeds at once',
      ),
      cause(
        'network-policy-denied',
        'the call goes around the proxy and a NetworkPolicy drops it',
        'kubectl get networkpolicies in the namespaces of both pods',
      ),
      cause(
        'before-proxy-start',
        'TPROXY finds no socket of the proxy',
        'only at start-up, with interception mode TPROXY',
      ),
      cause(
        'address-not-usable',
        'the kernel drops what is sent from this source to this destination',
        'the socket is bound to 127.0.0.6 or another local address',
      ),
    ],
  },
  {
    id: 'unreachable',
    title: 'Network is unreachable',
    words: [
      'network is unreachable',
      'enetunreach',
      'immediate connect fail',
      'cannot assign requested address',
      'eaddrnotavail',
      'invalid argument',
      'einval',
    ],
    codes: ['connect:enetunreach', 'connect:eaddrnotavail', 'connect:einval', 'connect:eacces'],
    causes: [
      cause(
        'address-not-usable',
        "the pod has no address of the destination's family, or the socket is bound to an address that cannot get there",
        '`ip addr` and `ip -6 route` in the pod: an IPv6 destination wants an IPv6 address',
      ),
    ],
  },
  {
    id: 'hang',
    title: 'Connects, then hangs',
    words: [
      'hang',
      'hangs',
      'stuck',
      'connects then hangs',
      'timeout waiting for greeting',
      'lost connection to mysql server at reading initial communication packet',
      'reading initial communication packet',
      'server closed the connection unexpectedly',
      'no response',
    ],
    codes: ['tcp:hang', 'http:timeout', 'tls:timeout'],
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
      'curl: (56)',
      'eof',
      'reset',
      'connection closed',
      'socket hang up',
      'broken pipe',
      'blackholecluster',
    ],
    codes: ['http:closed', 'tcp:closed'],
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
      cause(
        'rbac-denied',
        'an AuthorizationPolicy of the called pod denies the connection',
        'access log of the called pod: rbac_access_denied_matched_policy',
      ),
      cause(
        'endpoint-refuses',
        'the upstream refuses the connection that the proxy makes',
        'access log: flags UF,URX with an upstream address',
      ),
      cause(
        'no-healthy-endpoint',
        'the cluster has no endpoint',
        'access log: flag UH with an outbound cluster',
      ),
      cause(
        'sniffing-waits',
        'the proxy waited for the first bytes until protocolDetectionTimeout',
        'closed after the same time in every call',
      ),
      cause('loop-protection', 'the call goes to a port of the proxy', 'port 15001 or 15006'),
    ],
  },
  {
    id: 'only-as-proxy-user',
    title: 'Works as root or as user 1337, fails as the application',
    words: [
      '1337',
      'uid 1337',
      'works as root',
      'works as 1337 blocked as app',
      'works in istio-proxy container',
      'works with kubectl exec -c istio-proxy',
    ],
    codes: [],
    causes: [
      cause(
        'proxy-uid',
        'the process runs as the user of the proxy, which the rules exempt: it goes around the proxy',
        '`id` in both containers',
      ),
      cause(
        'proxy-gid',
        'the process runs in the group of the proxy, which the rules exempt',
        '`id` in both containers',
      ),
    ],
  },
  {
    id: 'not-blocked',
    title: 'Reaches a host that should be blocked',
    words: [
      'registry_only does not block',
      'not blocked',
      'still reachable',
      'should be blocked',
      'egress not restricted',
      'passthroughcluster',
      'bypass',
    ],
    codes: ['http:2*', 'tcp:echo', 'tcp:banner', 'tcp:data', 'udp:echo'],
    causes: [
      cause(
        'allow-any',
        'the outbound policy in force is ALLOW_ANY: of the mesh, the revision, or a Sidecar that applies instead',
        'access log: PassthroughCluster',
      ),
      cause(
        'service-entry',
        'a ServiceEntry registers the host, perhaps in another namespace: the default export is to all',
        'access log: an outbound cluster; kubectl get serviceentry -A',
      ),
      cause(
        'wildcard-host',
        'a wildcard host covers the name',
        'access log: an outbound cluster with `*.`',
      ),
      cause(
        'port-captured-by-tcp-entry',
        'a TCP ServiceEntry without addresses takes every call on this port',
        'access log: the cluster of another host',
      ),
      cause('not-injected', 'the pod has no sidecar', 'one container, no istio-proxy'),
      cause('host-network', 'the pod uses the network of its node', '`hostNetwork: true`'),
      cause('excluded-port', 'the port is excluded from redirection', 'no access log line'),
      cause('excluded-range', 'the address is excluded from redirection', 'no access log line'),
      cause(
        'not-included-range',
        'only some ranges are redirected, and this address is in none',
        'no access log line',
      ),
      cause('proxy-uid', 'the process runs as the user of the proxy', '`id` in the container'),
      cause('udp', 'UDP is never redirected', 'also HTTP/3 (QUIC)'),
      cause(
        'dynamic-forward-proxy',
        'unknown HTTP hosts are resolved by the proxy',
        'access log: AllowAnyDynamicDNSCluster',
      ),
    ],
  },
];
