import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../envoy';
import { proxyOfPod } from '../../mesh';
import { meshFromYaml } from '../../mesh/mesh-from-yaml';
import { clientPod, meshConfig } from '../call-through';
import { compileProxy } from '../compile-proxy';

function clusterOf(documents: readonly string[], name: string, istioVersion = '1.32') {
  const mesh = meshFromYaml([clientPod, ...documents].join('\n---\n'), { istioVersion });
  const proxy = proxyOfPod(mesh, 'default', 'client');
  if (proxy === undefined) throw new Error('no proxy');
  return compileProxy(mesh, proxy).cluster(name);
}
const entry = (spec: string, host = 'ext.io') => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: ext, namespace: default}
spec: {hosts: ["${host}"], ports: [{number: 80, name: http, protocol: HTTP}], ${spec}}`;
const rule = (spec: string, host = 'ext.io') => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: dr, namespace: default}
spec: {host: "${host}", ${spec}}`;
const ext = 'outbound|80||ext.io';

describe('cluster type by resolution', () => {
  it.each([
    ['DNS', 'STRICT_DNS'],
    ['DNS_ROUND_ROBIN', 'LOGICAL_DNS'],
    ['NONE', 'ORIGINAL_DST'],
    ['STATIC', 'EDS'],
  ])('%s is %s', (resolution, discovery) => {
    expect(clusterOf([entry(`resolution: ${resolution}`)], ext)?.discovery).toBe(discovery);
  });
  it('a DNS cluster without hosts is not sent, an EDS cluster is', () => {
    const selecting = (resolution: string) =>
      entry(`resolution: ${resolution}, workloadSelector: {labels: {app: none}}`);
    expect(clusterOf([selecting('DNS')], ext)).toBe(undefined);
    expect(clusterOf([selecting('STATIC')], ext)?.endpoints).toEqual([]);
  });
  it('a wildcard DYNAMIC_DNS entry resolves per request and knows no subsets', () => {
    const dynamic = entry('resolution: DYNAMIC_DNS', '*.ext.io');
    const subsets = rule('subsets: [{name: v1, labels: {v: "1"}}]', '*.ext.io');
    const documents = [dynamic, subsets];
    expect(clusterOf(documents, 'outbound|80||*.ext.io')?.discovery).toBe('DYNAMIC_FORWARD_PROXY');
    expect(clusterOf(documents, 'outbound|80|v1|*.ext.io')).toBe(undefined);
  });
  it('a load balancer PASSTHROUGH dials the intercepted address', () => {
    const documents = [
      entry('resolution: STATIC, endpoints: [{address: 1.1.1.1}]'),
      rule('trafficPolicy: {loadBalancer: {simple: PASSTHROUGH}}'),
    ];
    expect(clusterOf(documents, ext)?.discovery).toBe('ORIGINAL_DST');
  });
  it('a DNS cluster without hosts is not sent either when its load balancer is PASSTHROUGH', () => {
    const none = 'workloadSelector: {labels: {app: none}}';
    const passthrough = rule('trafficPolicy: {loadBalancer: {simple: PASSTHROUGH}}');
    expect(clusterOf([entry(`resolution: DNS, ${none}`), passthrough], ext)).toBe(undefined);
    const eds = clusterOf([entry(`resolution: STATIC, ${none}`), passthrough], ext);
    expect(eds?.discovery).toBe('ORIGINAL_DST');
  });
  it('UDP and TCP may share a port', () => {
    const dns = `
apiVersion: v1
kind: Service
metadata: {name: dns, namespace: default}
spec:
  clusterIP: 10.96.0.10
  ports: [{name: dns, port: 53, protocol: UDP}, {name: dns-tcp, port: 53}, {name: only, port: 54, protocol: UDP}]`;
    const name = (port: number) => `outbound|${port}||dns.default.svc.cluster.local`;
    expect(clusterOf([dns], name(53))?.discovery).toBe('EDS');
    expect(clusterOf([dns], name(54))).toBe(undefined);
  });
  it('what is not in the registry has no cluster', () => {
    expect(clusterOf([entry('resolution: DNS')], 'outbound|81||ext.io')).toBe(undefined);
    expect(clusterOf([entry('resolution: DNS')], 'outbound|80||b.io')).toBe(undefined);
    expect(clusterOf([], 'UnknownService')).toBe(undefined);
  });
});

const tlsOf = (spec: string, more = 'resolution: DNS'): Cluster['tls'] | undefined =>
  clusterOf([entry(more), rule(spec)], ext)?.tls;

describe('TLS to the upstream', () => {
  it('there is none to external services unless a rule asks for it', () => {
    expect(clusterOf([entry('resolution: DNS')], ext)?.tls).toEqual({ kind: 'none' });
    expect(tlsOf('trafficPolicy: {tls: {mode: DISABLE}}')).toEqual({ kind: 'none' });
  });
  it('SIMPLE takes the SNI from the Host unless the rule names one, and verifies', () => {
    expect(tlsOf('trafficPolicy: {tls: {mode: SIMPLE}}')).toMatchObject({
      clientCertificate: 'none',
      autoSni: true,
      autoSanValidation: true,
      verify: true,
    });
    expect(tlsOf('trafficPolicy: {tls: {mode: SIMPLE, sni: x.io}}')).toMatchObject({
      sni: 'x.io',
      autoSni: false,
    });
    expect(tlsOf('trafficPolicy: {tls: {mode: SIMPLE, insecureSkipVerify: true}}')).toMatchObject({
      verify: false,
    });
  });
  it('names of the ServiceEntry are accepted in the certificate', () => {
    const names = 'resolution: DNS, subjectAltNames: [real.io]';
    expect(tlsOf('trafficPolicy: {tls: {mode: SIMPLE}}', names)).toMatchObject({
      subjectAltNames: ['real.io'],
      autoSanValidation: false,
    });
  });
  it('a certificate by name is ignored in a sidecar, but for a rule with a selector', () => {
    const tls = 'trafficPolicy: {tls: {mode: SIMPLE, credentialName: c}}';
    expect(tlsOf(tls)).toEqual({ kind: 'none' });
    expect(tlsOf(`${tls}, workloadSelector: {matchLabels: {app: client}}`)?.kind).toBe('tls');
  });
  it('MUTUAL without certificate sends plaintext', () => {
    expect(tlsOf('trafficPolicy: {tls: {mode: MUTUAL}}')).toEqual({ kind: 'none' });
  });
  it('settings of a port replace the whole policy', () => {
    const ports = 'portLevelSettings: [{port: {number: 80}, loadBalancer: {simple: RANDOM}}]';
    expect(tlsOf(`trafficPolicy: {tls: {mode: SIMPLE}, ${ports}}`)).toEqual({ kind: 'none' });
  });
  it('a subset overrides block by block', () => {
    const documents = [
      entry(
        'resolution: STATIC, endpoints: [{address: 1.1.1.1, labels: {v: "1"}}, {address: 1.1.1.2}]',
      ),
      rule(
        'trafficPolicy: {tls: {mode: SIMPLE}}, subsets: [{name: v1, labels: {v: "1"}, trafficPolicy: {loadBalancer: {simple: RANDOM}}}]',
      ),
    ];
    const subset = clusterOf(documents, 'outbound|80|v1|ext.io');
    expect(subset?.tls.kind).toBe('tls');
    expect(subset?.endpoints.map(item => item.address)).toEqual(['1.1.1.1']);
    expect(clusterOf(documents, 'outbound|80|v2|ext.io')).toBe(undefined);
  });
});

describe('automatic mesh TLS', () => {
  const inside = (labels: string) =>
    entry(
      `location: MESH_INTERNAL, resolution: STATIC, endpoints: [{address: 1.1.1.1, labels: {${labels}}}]`,
    );
  const marked = inside('security.istio.io/tlsMode: istio, app: srv');
  it('goes by the mark of each endpoint', () => {
    expect(clusterOf([marked], ext)).toMatchObject({
      tls: { kind: 'per-endpoint', sni: 'outbound_.80_._.ext.io' },
      endpoints: [{ mtls: true }],
    });
    expect(clusterOf([inside('app: srv')], ext)?.endpoints).toMatchObject([{ mtls: false }]);
  });
  it('a PeerAuthentication of the workload switches the endpoint, one of the namespace the cluster', () => {
    const disable = (selector: string) => `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: pa, namespace: default}
spec: {${selector}mtls: {mode: DISABLE}}`;
    const workload = disable('selector: {matchLabels: {app: srv}}, ');
    expect(clusterOf([marked, workload], ext)?.endpoints).toMatchObject([{ mtls: false }]);
    expect(clusterOf([marked, disable('')], ext)?.tls).toEqual({ kind: 'none' });
  });
  describe('with a load balancer PASSTHROUGH and an endpoint that takes no mesh TLS', () => {
    const mixed = inside('app: srv');
    const dial = 'loadBalancer: {simple: PASSTHROUGH}';
    const forPort = (settings: string) => `portLevelSettings: [{port: {number: 80}, ${settings}}]`;
    const tls = (spec: string, subset = '') =>
      clusterOf([mixed, rule(spec)], `outbound|80|${subset}|ext.io`)?.tls.kind;
    it('there is none, whatever the settings of the port say', () => {
      expect(tls(`trafficPolicy: {${dial}}`)).toBe('none');
      const random = forPort('loadBalancer: {simple: RANDOM}');
      expect(tls(`trafficPolicy: {${dial}, ${random}}`)).toBe('none');
    });
    it('it is not asked when only the settings of the port dial what was intercepted', () => {
      expect(tls(`trafficPolicy: {${forPort(dial)}}`)).toBe('tls');
    });
    it('a subset is judged by its own block', () => {
      const labels = 'labels: {app: srv}';
      expect(tls(`trafficPolicy: {${dial}}, subsets: [{name: v1, ${labels}}]`, 'v1')).toBe('tls');
      expect(tls(`subsets: [{name: v1, ${labels}, trafficPolicy: {${dial}}}]`, 'v1')).toBe('none');
    });
  });
  it('can be switched off for the mesh', () => {
    const off = meshConfig('enableAutoMtls: false');
    expect(clusterOf([marked, off], ext)?.tls).toEqual({ kind: 'none' });
  });
});

describe('endpoints that are not ready', () => {
  const service = `
apiVersion: v1
kind: Service
metadata: {name: web, namespace: default}
spec: {clusterIP: 10.96.0.1, selector: {app: web}, ports: [{name: http, port: 80}]}`;
  const slice = `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: web-x, namespace: default, labels: {kubernetes.io/service-name: web}}
addressType: IPv4
endpoints:
- {addresses: [10.0.0.5], conditions: {ready: true}}
- {addresses: [10.0.0.6], conditions: {ready: false}}
ports: [{name: http, port: 80}]`;
  const healthOf = (version: string, ...more: readonly string[]) =>
    clusterOf(
      [service, slice, ...more],
      'outbound|80||web.default.svc.cluster.local',
      version,
    )?.endpoints.map(item => item.healthy);
  it('are sent as unhealthy since 1.31 and not at all before', () => {
    expect(healthOf('1.32')).toEqual([true, false]);
    expect(healthOf('1.30')).toEqual([true]);
  });
  it('are left out where a rule sets a panic threshold', () => {
    const threshold = (percent: number) =>
      rule(
        `trafficPolicy: {outlierDetection: {minHealthPercent: ${percent}}}`,
        'web.default.svc.cluster.local',
      );
    expect(healthOf('1.32', threshold(50))).toEqual([true]);
    expect(healthOf('1.32', threshold(0))).toEqual([true, false]);
  });
});
