import type { ReasonCode } from '../simulation';

/** What a reason code means, and what usually helps. */
export interface ReasonText {
  readonly title: string;
  readonly meaning: string;
  readonly remedy?: string;
}

/** A text for every code; the type keeps the list complete. */
export const reasonTexts: Readonly<Record<ReasonCode, ReasonText>> = {
  'not-injected': {
    title: 'No sidecar',
    meaning: 'the pod has no sidecar, so nothing is redirected',
    remedy: 'put the namespace or the pod in the mesh (label `istio-injection` or `istio.io/rev`)',
  },
  'host-network': {
    title: 'Host network',
    meaning: 'the pod uses the network of its node and is never injected',
    remedy: 'leave `hostNetwork` out',
  },
  'interception-none': {
    title: 'Interception off',
    meaning: 'the interception mode is NONE: no rules are programmed',
    remedy: 'use REDIRECT or TPROXY',
  },
  'cni-not-programmed': {
    title: 'No rules programmed',
    meaning: 'the CNI plugin or istio-init programs no rules for this pod',
    remedy: 'read the pod status and the annotations that the plugin skips',
  },
  'excluded-port': {
    title: 'Excluded port',
    meaning: 'the port is excluded from redirection',
    remedy: 'remove it from `traffic.sidecar.istio.io/excludeOutboundPorts`',
  },
  'excluded-range': {
    title: 'Excluded range',
    meaning: 'the address is in an excluded range',
    remedy: 'remove it from `traffic.sidecar.istio.io/excludeOutboundIPRanges`',
  },
  'not-included-range': {
    title: 'Not included',
    meaning: 'only some ranges or ports are redirected and this destination is not among them',
    remedy: 'widen `includeOutboundIPRanges`',
  },
  'excluded-interface': {
    title: 'Excluded interface',
    meaning: 'traffic of this interface is not redirected',
    remedy: 'remove it from `excludeInterfaces`',
  },
  'owner-group': {
    title: 'Owner group',
    meaning: 'the group of the process is not among those that are redirected',
    remedy: 'change `ISTIO_META_OUTBOUND_OWNER_GROUPS`',
  },
  'proxy-uid': {
    title: 'Proxy user',
    meaning: 'the process runs as the user of the proxy, which the rules exempt',
    remedy: 'run the application as another user than 1337',
  },
  'proxy-gid': {
    title: 'Proxy group',
    meaning: 'the process runs in the group of the proxy, which the rules exempt',
    remedy: 'run the application in another group than 1337',
  },
  loopback: { title: 'Loopback', meaning: 'a loopback address stays inside the pod' },
  'own-address': {
    title: 'Own address',
    meaning: 'a call to the own pod address goes over lo and is not redirected',
  },
  udp: {
    title: 'UDP',
    meaning: 'UDP is never redirected, in no mode',
    remedy: 'control UDP with a NetworkPolicy',
  },
  icmp: { title: 'ICMP', meaning: 'ICMP is never redirected' },
  'before-proxy-start': {
    title: 'Proxy not running',
    meaning: 'the rules are in place and the proxy does not listen',
    remedy: 'use native sidecars or `holdApplicationUntilProxyStarts`',
  },
  'proxy-port': { title: 'Port of the proxy', meaning: 'the port belongs to the proxy itself' },
  'ipv6-not-captured': {
    title: 'IPv6 not redirected',
    meaning: 'no IPv6 rules are programmed in this pod',
    remedy: 'enable dual stack',
  },
  'service-entry': {
    title: 'ServiceEntry',
    meaning: 'a ServiceEntry registers the host and routes the call',
  },
  'kubernetes-service': { title: 'Service', meaning: 'a Kubernetes Service routes the call' },
  'virtual-service-route': {
    title: 'VirtualService',
    meaning: 'a VirtualService decides the route',
  },
  'egress-gateway': { title: 'Egress gateway', meaning: 'the call goes through an egress gateway' },
  'egress-proxy': {
    title: 'Egress proxy',
    meaning: 'unknown traffic goes to the egress proxy of the Sidecar',
  },
  'wildcard-host': {
    title: 'Wildcard host',
    meaning: 'a wildcard host covers the name',
    remedy: 'name the hosts that are meant',
  },
  'port-captured-by-tcp-entry': {
    title: 'TCP entry without address',
    meaning: 'a TCP ServiceEntry without addresses takes every call on this port',
    remedy: 'give the entry `addresses`, or turn on DNS capture',
  },
  'route-answers': {
    title: 'Answered by a route',
    meaning: 'a VirtualService answers, redirects or aborts the request itself',
  },
  'no-route': {
    title: 'No route',
    meaning: 'the host is known, no route matches the request',
    remedy: 'add a route that matches',
  },
  'not-exported': {
    title: 'Not exported',
    meaning: 'the object exists but is not exported to this namespace',
    remedy: 'add the namespace to `exportTo`',
  },
  'not-imported-by-sidecar': {
    title: 'Not imported',
    meaning: 'the Sidecar of this workload does not import the host',
    remedy: 'add the host to the egress hosts of the Sidecar',
  },
  'shadowed-by-own-namespace': {
    title: 'Shadowed',
    meaning: 'an object of the own namespace takes the place of another one for the same host',
  },
  'older-entry-wins': {
    title: 'Older entry wins',
    meaning: 'an older object has the same host and decides',
  },
  'allow-any': {
    title: 'ALLOW_ANY',
    meaning: 'the host is not registered and the outbound policy lets unknown hosts pass',
    remedy: 'set REGISTRY_ONLY to block what is not registered',
  },
  'registry-only-no-listener': {
    title: 'Nothing registered on this address and port',
    meaning:
      'the outbound policy is REGISTRY_ONLY and nothing registers this address and port: the connection is closed',
    remedy: 'add a ServiceEntry with this port',
  },
  'registry-only-no-filter-chain': {
    title: 'No filter chain',
    meaning:
      'the port is known, no filter chain takes this call, and the outbound policy is REGISTRY_ONLY: the connection is closed',
    remedy: 'add a ServiceEntry for the server name, or correct the protocol of the port',
  },
  'registry-only-no-virtual-host': {
    title: 'Unknown Host',
    meaning: 'no registered host has this name and the outbound policy is REGISTRY_ONLY: HTTP 502',
    remedy: 'add a ServiceEntry for the host with an HTTP port',
  },
  'dynamic-forward-proxy': {
    title: 'Dynamic forward proxy',
    meaning: 'the proxy resolves the name of the request itself',
  },
  'loop-protection': {
    title: 'Loop protection',
    meaning: 'calls to the ports of the proxy are closed in every mode',
  },
  'no-inbound-filter-chain': {
    title: 'No inbound filter chain',
    meaning: 'the receiving side has no filter chain for this connection',
  },
  'tls-on-http-port': {
    title: 'TLS on an HTTP port',
    meaning: 'the port is HTTP for Envoy and the client speaks TLS',
    remedy: 'declare the port as TLS or HTTPS',
  },
  'http-on-tls-port': {
    title: 'HTTP on a TLS port',
    meaning: 'the port is TLS for Envoy and the client speaks plain HTTP',
    remedy: 'call it over https, or originate TLS from an HTTP port',
  },
  'http-on-tcp-port': {
    title: 'HTTP on a TCP port',
    meaning: 'the port is TCP for Envoy, so Host does not count',
    remedy: 'declare the port as HTTP',
  },
  'http10-on-http-port': {
    title: 'HTTP/1.0',
    meaning: 'HTTP/1.0 is not recognised as HTTP',
    remedy: 'speak HTTP/1.1, or set PILOT_HTTP10',
  },
  'tcp-on-http-port': {
    title: 'Not HTTP on an HTTP port',
    meaning: 'the port is HTTP for Envoy and the client sends other bytes',
    remedy: 'declare the port as TCP',
  },
  'client-certificate-missing': {
    title: 'Client certificate missing',
    meaning: 'the receiving side requires mutual TLS of the mesh',
    remedy: 'call it from a pod with a sidecar',
  },
  'connect-no-route': {
    title: 'CONNECT',
    meaning: 'an HTTP port of Envoy answers CONNECT with 404',
    remedy: 'declare the port of the forward proxy as TCP',
  },
  'no-host-header': {
    title: 'No Host',
    meaning: 'a request without Host is answered 400',
    remedy: 'send a Host header',
  },
  'sniffing-waits': {
    title: 'Server speaks first',
    meaning:
      'the proxy waits for the first bytes of the client to learn the protocol, the client waits for the server',
    remedy: 'declare the port as TCP',
  },
  'double-tls': {
    title: 'TLS twice',
    meaning: 'the client speaks TLS and the proxy wraps it in TLS again',
    remedy: 'call the plain HTTP port, or remove the TLS origination',
  },
  'missing-tls-origination': {
    title: 'TLS origination missing',
    meaning: 'plain HTTP arrives at a port that wants TLS',
    remedy: 'add a DestinationRule with `tls.mode: SIMPLE`',
  },
  'sni-absent': {
    title: 'No server name',
    meaning: 'the ClientHello has no server name, so no chain can be chosen by it',
    remedy: 'send SNI, or give the ServiceEntry addresses',
  },
  'sni-mismatch': {
    title: 'Server name unknown',
    meaning: 'no registered host has the server name of the ClientHello',
    remedy: 'register the name that the client sends',
  },
  'cluster-missing': {
    title: 'Cluster missing',
    meaning: 'the route names a host, port or subset for which the proxy has no cluster',
    remedy: 'correct the destination of the route, or define the subset',
  },
  'no-healthy-endpoint': {
    title: 'No endpoint',
    meaning: 'the cluster has no healthy endpoint',
    remedy: 'check selectors, readiness and resolution',
  },
  'endpoint-refuses': { title: 'Refused', meaning: 'the destination refuses the connection' },
  'endpoint-silent': { title: 'Silent', meaning: 'the destination does not answer' },
  'server-certificate-not-verified': {
    title: 'Certificate not verified',
    meaning: 'the certificate of the server does not verify for the TLS that the proxy originates',
    remedy: 'correct `sni`, `subjectAltNames` or `caCertificates`',
  },
  'tls-not-accepted': {
    title: 'TLS not accepted',
    meaning: 'the far end does not take the TLS that the proxy starts',
    remedy: 'correct the TLS mode of the DestinationRule',
  },
  'upstream-name-unresolved': {
    title: 'Name unresolved in Envoy',
    meaning: 'Envoy cannot resolve the name of the upstream',
    remedy: 'correct the host, or give the entry endpoints',
  },
  'upstream-timeout': {
    title: 'Route timeout',
    meaning: 'no answer within the timeout of the route',
    remedy: 'raise `timeout`',
  },
  'upstream-protocol-error': {
    title: 'Not HTTP',
    meaning: 'the upstream does not answer in HTTP',
    remedy: 'declare the port as TCP',
  },
  'application-not-listening': {
    title: 'Nothing listens',
    meaning: 'nothing listens on this port in the pod',
  },
  'plaintext-to-strict': {
    title: 'Plaintext to STRICT',
    meaning: 'the receiving side accepts mutual TLS only',
    remedy: 'call it from a pod with a sidecar, or set PERMISSIVE',
  },
  'rbac-denied': {
    title: 'Denied by policy',
    meaning: 'an AuthorizationPolicy of the receiving side denies the call',
    remedy: 'allow the caller in the policy',
  },
  'address-not-given': {
    title: 'Address not given',
    meaning: 'the answer depends on an address that the input does not give',
    remedy: 'say it with `--ip`',
  },
  'name-not-resolved': {
    title: 'Name does not resolve',
    meaning: 'the name does not resolve in this pod, and a ServiceEntry alone does not change that',
    remedy: 'turn on DNS capture, or register the name in DNS',
  },
  'dns-proxy-not-running': {
    title: 'DNS of the agent not running',
    meaning: 'DNS queries are redirected to the agent, which is not running',
    remedy: 'use native sidecars or `holdApplicationUntilProxyStarts`',
  },
  'address-not-usable': {
    title: 'Address not usable',
    meaning: 'the kernel sends no packet from this source to this destination',
  },
  'pod-not-running': {
    title: 'No such pod',
    meaning: 'the pod is not in the input or does not come up',
  },
  'injection-unknown': {
    title: 'Sidecar unknown',
    meaning: 'the input does not say whether the pod gets a sidecar',
    remedy: 'add the namespace to the input, or use `--inject-default`',
  },
  'weighted-routes': {
    title: 'Weighted routes',
    meaning: 'weighted routes send calls to several clusters',
  },
  'endpoints-differ': {
    title: 'Endpoints differ',
    meaning: 'what happens depends on the endpoint that is chosen: pods of the destination differ',
  },
  'name-resolution-outside': {
    title: 'Resolved outside',
    meaning: 'what the name resolves to is decided outside of the mesh',
  },
  'envoy-filter-present': { title: 'EnvoyFilter', meaning: 'an EnvoyFilter may change the answer' },
  'network-policy-denied': {
    title: 'NetworkPolicy',
    meaning: 'no rule of the NetworkPolicies that select a pod on the way lets the packet through',
    remedy: 'add a rule for this peer and port; for names also one for UDP port 53',
  },
  'labels-not-given': {
    title: 'Labels not given',
    meaning: 'a NetworkPolicy asks for labels that the input does not have',
    remedy: 'add the Namespace or the pods of the other side to the input',
  },
  'network-policy-not-supplied': {
    title: 'NetworkPolicy not supplied',
    meaning: 'whether a NetworkPolicy blocks the direct way is not known',
  },
  'call-incomplete': {
    title: 'Call not specific enough',
    meaning: 'a policy asks for something that the call does not say, for example a token',
  },
  'random-in-istio': { title: 'Random in Istio', meaning: 'Istio itself decides at random here' },
  'version-not-modelled': {
    title: 'Version not modelled',
    meaning: 'this Istio version is not modelled',
  },
  'no-permission': { title: 'No permission', meaning: 'the source could not be read' },
};

export function explainReason(reason: ReasonCode): ReasonText {
  return reasonTexts[reason];
}
