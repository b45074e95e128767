import { describe, expect, it } from 'vitest';
import { callerIn, type ShortCall, where } from '../call-through';

const gatewayPod = `
apiVersion: v1
kind: Pod
metadata: {name: egress, namespace: istio-system, labels: {istio: egressgateway}}
spec: {containers: [{name: istio-proxy, args: [proxy, router]}]}
status: {podIP: 10.0.0.7, podIPs: [{ip: 10.0.0.7}], conditions: [{type: Ready, status: "True"}]}`;
const gatewayService = `
apiVersion: v1
kind: Service
metadata: {name: istio-egressgateway, namespace: istio-system}
spec:
  clusterIP: 10.96.0.7
  selector: {istio: egressgateway}
  ports: [{name: http2, port: 80, targetPort: 8080}, {name: https, port: 443, targetPort: 8443}]`;
const gateway = (servers: string, name = 'gw') => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: ${name}, namespace: istio-system}
spec: {selector: {istio: egressgateway}, servers: ${servers}}`;
const virtualService = (rest: string, hosts = '[ext.io]') => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ext, namespace: istio-system}
spec:
  hosts: ${hosts}
  gateways: [mesh, istio-system/gw]
  ${rest}`;
const entry = (resolution = 'DNS') => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: ext, namespace: istio-system}
spec:
  hosts: [ext.io]
  resolution: ${resolution}
  ports: [{number: 80, name: http, protocol: HTTP}, {number: 443, name: tls, protocol: TLS}]`;
const egress = 'istio-egressgateway.istio-system.svc.cluster.local';
const httpRoute = `http:
  - match: [{gateways: [mesh], port: 80}]
    route: [{destination: {host: ${egress}, port: {number: 80}}}]
  - match: [{gateways: [istio-system/gw], port: 80}]
    route: [{destination: {host: ext.io, port: {number: 80}}}]`;
const tlsRoute = `tls:
  - match: [{gateways: [mesh], port: 443, sniHosts: [ext.io]}]
    route: [{destination: {host: ${egress}, port: {number: 443}}}]
  - match: [{gateways: [istio-system/gw], port: 443, sniHosts: [ext.io]}]
    route: [{destination: {host: ext.io, port: {number: 443}}}]`;
const httpServer = '{port: {number: 80, name: http, protocol: HTTP}, hosts: [ext.io]}';
const passthrough =
  '{port: {number: 443, name: tls, protocol: TLS}, hosts: [ext.io], tls: {mode: PASSTHROUGH}}';
const base = [gatewayPod, gatewayService];

const atGateway = (documents: readonly string[], call: Omit<ShortCall, 'entry'>) =>
  callerIn([...base, ...documents], { namespace: 'istio-system', pod: 'egress' })({
    ...call,
    entry: 'direct',
  });

describe('HTTP through an egress gateway', () => {
  const documents = [gateway(`[${httpServer}]`), virtualService(httpRoute), entry()];
  it('the sidecar sends it to the gateway', () => {
    const walk = callerIn([...base, ...documents])({
      to: '9.9.9.9:80',
      speaks: 'http',
      host: 'ext.io',
    });
    expect(where(walk)).toBe(`outbound|80||${egress}`);
  });
  it('the gateway, on the target port, to the entry', () => {
    const walk = atGateway(documents, { to: '10.0.0.7:8080', speaks: 'http', host: 'ext.io' });
    expect([walk.listener?.name, walk.routeConfigName]).toEqual(['0.0.0.0_8080', 'http.8080']);
    expect(where(walk)).toBe('outbound|80||ext.io');
  });
  it('an unknown host is answered 404', () => {
    const walk = atGateway(documents, { to: '10.0.0.7:8080', speaks: 'http', host: 'b.io' });
    expect(where(walk)).toBe('404 no-virtual-host');
  });
  it('nothing listens on another port', () => {
    const walk = atGateway(documents, { to: '10.0.0.7:80', speaks: 'http', host: 'ext.io' });
    expect(walk.outcome).toBe('no-listener');
  });
  it('without a VirtualService there is only an empty virtual host', () => {
    const walk = atGateway(documents.slice(0, 1), {
      to: '10.0.0.7:8080',
      speaks: 'http',
      host: 'x',
    });
    expect(where(walk)).toBe('404 blackhole:80');
  });
  it('a gateway does not intercept, so resolution NONE has no endpoints', () => {
    const none = [gateway(`[${httpServer}]`), virtualService(httpRoute), entry('NONE')];
    const walk = atGateway(none, { to: '10.0.0.7:8080', speaks: 'http', host: 'ext.io' });
    expect(where(walk)).toBe('no-healthy-host outbound|80||ext.io');
  });
});

describe('TLS through an egress gateway', () => {
  const documents = [gateway(`[${passthrough}]`), virtualService(tlsRoute), entry()];
  it('is passed on by its name', () => {
    const sidecar = callerIn([...base, ...documents]);
    expect(where(sidecar({ to: '9.9.9.9:443', speaks: 'tls', sni: 'ext.io' }))).toBe(
      `outbound|443||${egress}`,
    );
    const walk = atGateway(documents, { to: '10.0.0.7:8443', speaks: 'tls', sni: 'ext.io' });
    expect(where(walk)).toBe('outbound|443||ext.io');
  });
  it('another name is closed', () => {
    const walk = atGateway(documents, { to: '10.0.0.7:8443', speaks: 'tls', sni: 'b.io' });
    expect(walk.outcome).toBe('no-filter-chain');
  });
  it('without the ServiceEntry the rule has no effect in the sidecar', () => {
    const walk = callerIn([...base, ...documents.slice(0, 2)])({
      to: '9.9.9.9:443',
      speaks: 'tls',
      sni: 'ext.io',
    });
    expect(where(walk)).toBe('PassthroughCluster');
  });
});

describe('servers of one port', () => {
  const https = (name: string, host: string) =>
    `{port: {number: 443, name: ${name}, protocol: HTTPS}, hosts: ["${host}"], tls: {mode: SIMPLE, credentialName: c}}`;
  it('a TLS host belongs to the first server that has it', () => {
    const documents = [
      gateway(`[${https('one', 'ext.io')}, ${https('two', 'ext.io')}]`),
      virtualService('http: [{route: [{destination: {host: ext.io, port: {number: 80}}}]}]'),
      entry(),
    ];
    const walk = atGateway(documents, { to: '10.0.0.7:8443', speaks: 'tls', sni: 'ext.io' });
    expect(walk.tlsTerminated).toBe(true);
    expect(walk.outcome).toBe('protocol-error');
    expect(walk.filterChain?.filter).toMatchObject({
      routes: { name: 'https.443.one.gw.istio-system' },
    });
  });
  it('plaintext at a server that terminates TLS is an error', () => {
    const documents = [gateway(`[${https('one', '*')}]`)];
    const walk = atGateway(documents, { to: '10.0.0.7:8443', speaks: 'http', host: 'ext.io' });
    expect(walk.outcome).toBe('tls-expected');
  });
  it('httpsRedirect answers plaintext with 301', () => {
    const redirecting =
      '{port: {number: 80, name: http, protocol: HTTP}, hosts: [ext.io], tls: {httpsRedirect: true}}';
    const documents = [gateway(`[${redirecting}]`)];
    const walk = atGateway(documents, { to: '10.0.0.7:8080', speaks: 'http', host: 'ext.io' });
    expect(walk).toMatchObject({ outcome: 'redirect', status: 301 });
  });
  it('a VirtualService of another namespace must be let in by the server', () => {
    const own = gateway(
      '[{port: {number: 80, name: http, protocol: HTTP}, hosts: ["other/ext.io"]}]',
    );
    const walk = atGateway([own, virtualService(httpRoute), entry()], {
      to: '10.0.0.7:8080',
      speaks: 'http',
      host: 'ext.io',
    });
    expect(where(walk)).toBe('404 blackhole:80');
  });
});

describe('AUTO_PASSTHROUGH', () => {
  const items = `
apiVersion: v1
kind: Service
metadata: {name: items, namespace: stock}
spec: {clusterIP: 10.96.0.9, selector: {app: items}, ports: [{name: http, port: 80}]}`;
  const pod = `
apiVersion: v1
kind: Pod
metadata: {name: items, namespace: stock, labels: {app: items, version: v1, security.istio.io/tlsMode: istio}}
spec: {containers: [{name: app}]}
status: {podIP: 10.0.0.9, podIPs: [{ip: 10.0.0.9}], conditions: [{type: Ready, status: "True"}]}`;
  const subsets = `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: items, namespace: stock}
spec: {host: items.stock.svc.cluster.local, trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}, subsets: [{name: v1, labels: {version: v1}}]}`;
  const server = (host: string) =>
    gateway(
      `[{port: {number: 443, name: tls, protocol: TLS}, hosts: ["${host}"], tls: {mode: AUTO_PASSTHROUGH}}]`,
    );
  const call = (host: string, sni: string, alpn: readonly string[] = ['istio'], to = pod) =>
    where(
      atGateway([server(host), items, to, subsets, entry()], {
        to: '10.0.0.7:8443',
        speaks: 'tls',
        sni,
        alpn,
      }),
    );
  const sni = 'outbound_.80_._.items.stock.svc.cluster.local';
  it('takes mesh TLS by the cluster that its server name names, subsets too', () => {
    expect(call('*.local', sni)).toBe(sni);
    const ofSubset = 'outbound_.80_.v1_.items.stock.svc.cluster.local';
    expect(call('*.local', ofSubset)).toBe(ofSubset);
  });
  it('has nobody to pass it to where no endpoint takes mesh TLS', () => {
    const plain = pod.replace(', security.istio.io/tlsMode: istio', '');
    expect(call('*.local', sni, ['istio'], plain)).toBe(`no-healthy-host ${sni}`);
  });
  it('opens no port for hosts that the mesh does not have', () => {
    expect(call('*.other', sni)).toBe('no-listener');
  });
  it.each([
    ['another port', '*.local', 'outbound_.81_._.items.stock.svc.cluster.local', undefined],
    ['TLS that is not the mesh’s', '*.local', sni, ['http/1.1']],
    ['a host outside of the mesh', '*', 'outbound_.443_._.ext.io', undefined],
  ])('and nothing for %s', (_, host, name, alpn) => {
    expect(call(host, name, alpn)).toBe('no-filter-chain');
  });
});
