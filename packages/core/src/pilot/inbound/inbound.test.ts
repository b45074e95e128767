import { describe, expect, it } from 'vitest';
import { type EnvoyCall, runCall } from '../../envoy';
import { meshFromYaml, proxyOfPod } from '../../mesh';
import { compileProxy } from '../compile-proxy';

const pod = `
apiVersion: v1
kind: Pod
metadata: {name: srv, namespace: a, labels: {app: srv}}
spec: {nodeName: n, containers: [{name: istio-proxy, args: [proxy, sidecar]}]}
status: {podIP: 10.0.0.1}`;
const service = `
apiVersion: v1
kind: Service
metadata: {name: srv, namespace: a}
spec:
  clusterIP: 10.96.0.1
  selector: {app: srv}
  ports: [{name: http, port: 80}, {name: tcp, port: 81}, {name: auto, port: 82}]`;
const peer = (mode: string, more = '') => `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: pa, namespace: a}
spec: {mtls: {mode: ${mode}}${more}}`;

type Client = 'http' | 'tcp' | 'tls' | 'mtls-http' | 'mtls-tcp';
const request = {
  method: 'GET',
  path: '/',
  scheme: 'http',
  headers: {},
  authority: 'srv',
} as const;
const meshTls = (alpn: string) => ({
  alpn: [alpn],
  certificate: { name: 'default', principal: 'spiffe://cluster.local/ns/b/sa/web' },
});
const clients: Readonly<Record<Client, Pick<EnvoyCall, 'protocol' | 'request' | 'tls'>>> = {
  http: { protocol: 'http/1.1', request },
  tcp: { protocol: 'tcp' },
  tls: { protocol: 'http/1.1', request, tls: { alpn: ['http/1.1'], sni: 'srv' } },
  'mtls-http': { protocol: 'http/1.1', request, tls: meshTls('istio-http/1.1') },
  'mtls-tcp': { protocol: 'tcp', tls: meshTls('istio') },
};

function call(
  documents: readonly string[],
  port: number,
  client: Client,
  more: Partial<EnvoyCall> = {},
) {
  const mesh = meshFromYaml([pod, ...documents].join('\n---\n'));
  const proxy = proxyOfPod(mesh, 'a', 'srv');
  if (proxy === undefined) throw new Error('no proxy');
  const walk = runCall(compileProxy(mesh, proxy), {
    entry: 'inbound',
    address: '10.0.0.1',
    port,
    sourceAddress: '10.0.0.9',
    ...clients[client],
    ...more,
  });
  return { outcome: walk.outcome, cluster: walk.clusters[0]?.name, cause: walk };
}

describe('PeerAuthentication at the receiving sidecar', () => {
  const ok = 'forwarded';
  it.each<readonly [Client, number, string, string, string]>([
    // client, port, DISABLE, PERMISSIVE, STRICT (sidecar_simulation_test.go:TestInbound)
    ['http', 80, ok, ok, 'no-filter-chain'],
    ['tls', 80, 'protocol-error', 'no-filter-chain', 'wrong-tls'],
    ['tcp', 80, 'protocol-error', 'protocol-error', 'no-filter-chain'],
    ['http', 81, ok, ok, 'no-filter-chain'],
    ['tcp', 82, ok, ok, 'no-filter-chain'],
    ['tcp', 99, ok, ok, 'no-filter-chain'],
    ['tls', 81, ok, ok, 'wrong-tls'],
    ['tls', 82, ok, ok, 'wrong-tls'],
    ['tls', 99, ok, ok, 'wrong-tls'],
    ['mtls-http', 80, 'protocol-error', ok, ok],
    ['mtls-tcp', 81, ok, ok, ok],
    ['mtls-http', 82, ok, ok, ok],
    ['mtls-tcp', 99, ok, ok, ok],
  ])('%s to port %i: DISABLE %s, PERMISSIVE %s, STRICT %s', (client, port, ...expected) => {
    const modes = ['DISABLE', 'PERMISSIVE', 'STRICT'];
    const outcomes = modes.map(mode => call([service, peer(mode)], port, client).outcome);
    expect(outcomes).toEqual(expected);
  });

  it('without any policy plaintext and mTLS are taken', () => {
    expect(call([service], 80, 'http')).toMatchObject({ outcome: ok, cluster: 'inbound|80||' });
    expect(call([service], 80, 'mtls-http').outcome).toBe(ok);
  });

  it('a mode for a port needs a selector, and may name a port that nothing declares', () => {
    const ports = ', portLevelMtls: {"80": {mode: DISABLE}, "99": {mode: DISABLE}}';
    const wide = peer('STRICT').replace('mode: STRICT}', `mode: STRICT}${ports}`);
    const selecting = wide.replace('spec: {', 'spec: {selector: {matchLabels: {app: srv}}, ');
    expect(call([service, wide], 80, 'http').outcome).toBe('no-filter-chain');
    expect(call([service, selecting], 80, 'http').outcome).toBe(ok);
    expect(call([service, selecting], 99, 'tcp').outcome).toBe(ok);
    expect(call([service, selecting], 98, 'tcp').outcome).toBe('no-filter-chain');
  });
});

describe('TLS where the pod takes plaintext, but for one port', () => {
  const one = `, selector: {matchLabels: {app: srv}}, portLevelMtls: {"80": {mode: STRICT}}`;
  const tls = (port: number, mode = 'DISABLE') =>
    call([service, peer(mode, one)], port, 'tls').outcome;
  it('is not looked at on ports that nothing declares: the application gets it', () => {
    expect(tls(99)).toBe('forwarded');
    expect(tls(81)).toBe('forwarded');
    expect(tls(80)).toBe('wrong-tls');
  });
  it('is looked at where the pod takes mesh TLS as well', () => {
    expect(tls(99, 'STRICT')).toBe('wrong-tls');
  });
});

describe('ports of the pod', () => {
  it('one that nothing declares goes to the application on the same port', () => {
    expect(call([], 1234, 'tcp').cluster).toBe('InboundPassthroughCluster');
  });
  it('the capture port itself is a black hole', () => {
    expect(call([], 15006, 'tcp').cluster).toBe('BlackHoleCluster');
  });
  it('Sidecar ingress takes the place of the Services and may lead elsewhere', () => {
    const sidecar = `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: s, namespace: a}
spec: {ingress: [{port: {number: 8080, protocol: HTTP, name: x}, defaultEndpoint: "127.0.0.1:9090"}]}`;
    const { cause, cluster } = call([service, sidecar], 8080, 'http');
    expect(cluster).toBe('inbound|8080||');
    expect(cause.clusters[0]?.cluster?.endpoints).toMatchObject([
      { address: '127.0.0.1', port: 9090 },
    ]);
    expect(call([service, sidecar], 80, 'http').cluster).toBe('InboundPassthroughCluster');
  });
  it('of two services with one target port the older decides the protocol', () => {
    const older = service
      .replace(
        'name: srv, namespace: a',
        'name: old, namespace: a, creationTimestamp: "2020-01-01T00:00:00Z"',
      )
      .replace('name: http, port: 80', 'name: tcp-x, port: 8000, targetPort: 80');
    expect(call([service, older], 80, 'tcp').outcome).toBe('forwarded');
    expect(call([service], 80, 'tcp').outcome).toBe('protocol-error');
  });
});

describe('HTTP version towards the application (cluster_builder.go:buildInboundCluster)', () => {
  const h2 = service.replace('name: http, port: 80', 'name: http2, port: 80, targetPort: 8080');
  const pool = 'connectionPool: {http: {useClientProtocol: true}}';
  const rule = (policy: string, more = '') => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: dr, namespace: a}
spec: {host: srv, trafficPolicy: {${policy}}${more}}`;
  const sidecar = (spec: string) => `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: s, namespace: a}
spec: {${spec}}`;
  const followsClient = (...documents: readonly string[]) => {
    const cluster = call([h2, ...documents], 8080, 'http').cause.clusters[0]?.cluster;
    return cluster?.usesClientProtocol === true && cluster.http2 !== true;
  };
  it('follows the client where the rule that the pod itself sees says so', () => {
    expect(followsClient()).toBe(false);
    expect(followsClient(rule(pool))).toBe(true);
    expect(followsClient(rule('', ', subsets: [{name: x, trafficPolicy: {}}]'))).toBe(false);
  });
  it('settings of the port are found by the number of the service, and replace the others', () => {
    const ports = (number: number, own: string) =>
      `portLevelSettings: [{port: {number: ${number}}, ${own}}]`;
    expect(followsClient(rule(ports(80, pool)))).toBe(true);
    expect(followsClient(rule(ports(8080, pool)))).toBe(false);
    expect(followsClient(rule(`${pool}, ${ports(80, 'loadBalancer: {simple: RANDOM}')}`))).toBe(
      false,
    );
  });
  it('rules with a selector do not count, nor those of services that the Sidecar does not import', () => {
    const selecting = ', workloadSelector: {matchLabels: {app: srv}}';
    expect(followsClient(rule(pool, selecting))).toBe(false);
    expect(followsClient(rule(pool), sidecar('egress: [{hosts: ["b/*"]}]'))).toBe(false);
    expect(followsClient(rule(pool), sidecar('egress: [{hosts: ["./*"]}]'))).toBe(true);
  });
  it('pools of the Sidecar go before the rule, those of its listener first', () => {
    const other = 'tcp: {maxConnections: 1}';
    const listener = (more = '') =>
      `ingress: [{port: {number: 8080, protocol: HTTP2, name: x}${more}}]`;
    expect(followsClient(rule(pool), sidecar(`inboundConnectionPool: {${other}}`))).toBe(false);
    const ofAll = `inboundConnectionPool: {http: {useClientProtocol: true}}`;
    expect(followsClient(sidecar(ofAll))).toBe(true);
    expect(followsClient(sidecar(`${ofAll}, ${listener()}`))).toBe(true);
    expect(followsClient(sidecar(`${ofAll}, ${listener(`, connectionPool: {${other}}`)}`))).toBe(
      false,
    );
    expect(followsClient(sidecar(listener(`, ${pool}`)))).toBe(true);
  });
  it('the port of a listener of the Sidecar is the number that the rule names', () => {
    const listener = sidecar('ingress: [{port: {number: 8080, protocol: HTTP2, name: x}}]');
    const ports = (number: number) => `portLevelSettings: [{port: {number: ${number}}, ${pool}}]`;
    expect(followsClient(rule(ports(8080)), listener)).toBe(true);
    expect(followsClient(rule(ports(80)), listener)).toBe(false);
  });
});

describe('AuthorizationPolicy at the receiving sidecar', () => {
  const policy = (spec: string, more = '') => `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: authz, namespace: a${more}}
spec: {${spec}}`;
  const outcome = (spec: string, port: number, client: Client, more: Partial<EnvoyCall> = {}) =>
    call([service, policy(spec)], port, client, more).outcome;

  it('ALLOW without rules denies everything, DENY without rules nothing', () => {
    expect(outcome('action: ALLOW', 80, 'http')).toBe('denied');
    expect(outcome('action: DENY', 80, 'http')).toBe('forwarded');
    expect(outcome('action: AUDIT, rules: [{}]', 80, 'http')).toBe('forwarded');
  });

  it('ALLOW by principal, namespace and address', () => {
    const from = (source: string) => `rules: [{from: [{source: {${source}}}]}]`;
    expect(outcome(from('principals: ["cluster.local/ns/b/sa/web"]'), 80, 'mtls-http')).toBe(
      'forwarded',
    );
    expect(outcome(from('principals: ["cluster.local/ns/c/sa/web"]'), 80, 'mtls-http')).toBe(
      'denied',
    );
    expect(outcome(from('namespaces: [b]'), 80, 'mtls-http')).toBe('forwarded');
    expect(outcome(from('namespaces: [b]'), 80, 'http')).toBe('denied');
    expect(outcome(from('ipBlocks: ["10.0.0.0/24"]'), 80, 'http')).toBe('forwarded');
    expect(outcome(from('notIpBlocks: ["10.0.0.9"]'), 80, 'http')).toBe('denied');
  });

  it('ALLOW by method, path and host', () => {
    const to = (operation: string) => `rules: [{to: [{operation: {${operation}}}]}]`;
    expect(outcome(to('methods: [GET], paths: ["/*"]'), 80, 'http')).toBe('forwarded');
    expect(outcome(to('methods: [POST]'), 80, 'http')).toBe('denied');
    expect(outcome(to('hosts: [SRV]'), 80, 'http')).toBe('forwarded');
    expect(outcome(to('ports: ["81"]'), 80, 'http')).toBe('denied');
  });

  it('a rule about requests never allows a connection, and denies every connection', () => {
    const rules = 'rules: [{to: [{operation: {methods: [POST]}}]}]';
    expect(outcome(`action: ALLOW, ${rules}`, 81, 'tcp')).toBe('denied');
    expect(outcome(`action: DENY, ${rules}`, 81, 'tcp')).toBe('denied');
    expect(outcome(`action: DENY, ${rules}`, 80, 'http')).toBe('forwarded');
    const empty = 'rules: [{to: [{operation: {ports: ["81"], methods: []}}]}]';
    expect(outcome(`action: ALLOW, ${empty}`, 81, 'tcp')).toBe('forwarded');
  });

  it('what only another server can say is not guessed', () => {
    expect(outcome('action: CUSTOM, provider: {name: x}, rules: [{}]', 80, 'http')).toBe(
      'undetermined',
    );
  });

  it('not one for other workloads, of other namespaces, for gateways or a dry run', () => {
    const elsewhere = policy('action: ALLOW').replace('namespace: a', 'namespace: b');
    const other = policy('action: ALLOW, selector: {matchLabels: {app: other}}');
    const gateway = policy('action: ALLOW, targetRefs: [{kind: Gateway, name: g}]');
    const dry = policy('action: ALLOW', ', annotations: {istio.io/dry-run: "true"}');
    for (const document of [elsewhere, other, gateway, dry]) {
      expect(call([service, document], 80, 'http').outcome).toBe('forwarded');
    }
    const root = policy('action: ALLOW').replace('namespace: a', 'namespace: istio-system');
    expect(call([service, root], 80, 'http').outcome).toBe('denied');
  });
});
