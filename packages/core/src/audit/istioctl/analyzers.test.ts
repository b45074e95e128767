import { describe, expect, test } from 'vitest';
import { decodeResources } from '../../resources';
import { parseYaml } from '../../yaml';
import { analyzeAsIstioctl } from './analyze';

const raw = (text: string) =>
  text.split('---\n').flatMap((part, document) => {
    const parsed = parseYaml(part);
    return parsed.ok
      ? [{ value: parsed.value, source: { file: 'm.yaml', document, line: 1 } }]
      : [];
  });

/** Codes and objects of the messages. */
const said = (text: string, code: string) =>
  analyzeAsIstioctl(decodeResources(raw(text)), '1.32')
    .filter(message => message.code === code)
    .map(({ object }) => `${object.kind} ${object.name}`);

const gateway = (name: string, selector: string, bind = '') => `---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: ${name}, namespace: shop }
spec:
  selector: ${selector}
  servers: [{ port: { number: 443, name: tls, protocol: TLS }, hosts: [a.example.com]${bind}, tls: { mode: PASSTHROUGH } }]
`;
const pod = (labels: string) => `---
apiVersion: v1
kind: Pod
metadata: { name: gw, namespace: istio-system, labels: ${labels} }
spec: { containers: [{ name: istio-proxy, image: proxy }] }
`;

describe('IST0145', () => {
  const one = gateway('one', '{ istio: egress }');
  const wide = gateway('two', '{ app: gw, istio: egress }');

  test('comes for equal selectors without a pod', () => {
    expect(said(one + gateway('two', '{ istio: egress }'), 'IST0145')).toEqual([
      'Gateway one',
      'Gateway two',
    ]);
  });

  test('comes for selectors of which one is part of the other only when a pod fits both', () => {
    expect(said(one + wide, 'IST0145')).toEqual([]);
    expect(said(one + wide + pod('{ app: other, istio: egress }'), 'IST0145')).toEqual([]);
    expect(said(one + wide + pod('{ app: gw, istio: egress }'), 'IST0145')).toHaveLength(2);
  });

  test('does not come for servers that bind to different addresses', () => {
    const two = gateway('two', '{ istio: egress }', ', bind: 10.0.0.1');
    expect(said(one + two, 'IST0145')).toEqual([]);
  });
});

describe('IST0109', () => {
  const service = (name: string, host: string, exportTo: string) => `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: shop }
spec:
  hosts: ["${host}"]
  exportTo: ["${exportTo}"]
  http: [{ route: [{ destination: { host: a.example.com } }] }]
`;

  test('comes when a narrower scope meets a wildcard that everybody sees', () => {
    const text = service('own', 'a.example.com', '.') + service('all', '*.example.com', '*');
    expect(said(text, 'IST0109').sort()).toEqual(['VirtualService all', 'VirtualService own']);
  });

  test('does not come for a wildcard and a host of one scope', () => {
    const text = service('one', 'a.example.com', '*') + service('all', '*.example.com', '*');
    expect(said(text, 'IST0109')).toEqual([]);
  });
});

describe('labels of a namespace', () => {
  const namespace = (labels: string) =>
    `---\napiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: ${labels} }\n`;
  const bare = `---
apiVersion: v1
kind: Pod
metadata: { name: app, namespace: shop }
spec: { containers: [{ name: app, image: app }] }
`;

  test.each([
    ['{ istio-injection: enabled, istio.io/rev: canary }', 1],
    ['{ istio-injection: disabled, istio.io/rev: canary }', 0],
    ['{ istio.io/rev: canary, istio.io/dataplane-mode: ambient }', 1],
  ])('%s: IST0123 %i times', (labels, count) => {
    expect(said(namespace(labels), 'IST0123')).toHaveLength(count);
  });

  test.each([
    ['{ istio-injection: enabled }', 1],
    ['{ istio.io/rev: canary }', 0],
    ['{ istio-injection: enabled, istio.io/dataplane-mode: ambient }', 0],
  ])('%s: IST0103 %i times for a pod without proxy', (labels, count) => {
    expect(said(namespace(labels) + bare, 'IST0103')).toHaveLength(count);
  });
});

describe('IST0118', () => {
  const service = (labels: string, port = '{ name: web, port: 8080 }') => `---
apiVersion: v1
kind: Service
metadata: { name: s, namespace: shop, labels: ${labels} }
spec: { ports: [${port}] }
`;

  /** `pkg/config/kube/conversion.go:ConvertProtocol`. */
  test.each([
    ['{ name: web, port: 8080 }', 1],
    ['{ name: http, port: 8080 }', 0],
    ['{ name: GRPC-WEBx, port: 8080 }', 0],
    ['{ name: web, port: 53 }', 0],
    ['{ name: web, port: 53, protocol: UDP }', 0],
    ['{ name: web, port: 3306, appProtocol: acme }', 0],
    ['{ name: web, port: 8080, appProtocol: http-web }', 0],
    ['{ name: http, port: 8080, appProtocol: ws }', 1],
    ['{ name: web, port: 8080, appProtocol: kubernetes.io/ws }', 0],
  ])('for the port %s comes %i times', (port, count) => {
    expect(said(service('{}', port), 'IST0118')).toHaveLength(count);
  });

  test.each([
    ['{}', 1],
    ['{ istio: ingressgateway }', 0],
    ['{ release: istio }', 0],
    ['{ gateway.istio.io/managed: istio.io-gateway-controller }', 0],
    ['{ istio.io/rev: canary }', 1],
  ])('for a Service with the labels %s comes %i times', (labels, count) => {
    expect(said(service(labels), 'IST0118')).toHaveLength(count);
  });
});

describe('IST0158', () => {
  const injected = (image: string, annotations = '{}') => `---
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio-sidecar-injector, namespace: istio-system }
data: { values: '{"global": {"hub": "hub.example", "tag": "1.30.0", "proxy": {"image": "proxyv2"}}}' }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web }, annotations: ${annotations} }
spec: { containers: [{ name: web, image: web }, { name: istio-proxy, image: "hub.example/proxyv2:${image}" }] }
`;
  const proxyConfig = (namespace: string, spec: string) => `---
apiVersion: networking.istio.io/v1beta1
kind: ProxyConfig
metadata: { name: image, namespace: ${namespace} }
spec: ${spec}
`;
  const distroless = '{ image: { imageType: distroless } }';

  test('comes for another tag, not for the injector’s own', () => {
    expect(said(injected('1.29.0'), 'IST0158')).toEqual(['Namespace shop']);
    expect(said(injected('1.30.0'), 'IST0158')).toEqual([]);
  });

  test('does not come for the variant that the pod is to have', () => {
    const pod = injected('1.30.0-distroless');
    expect(said(pod, 'IST0158')).toEqual(['Namespace shop']);
    expect(said(pod + proxyConfig('istio-system', distroless), 'IST0158')).toEqual([]);
    expect(said(pod + proxyConfig('shop', distroless), 'IST0158')).toEqual([]);
    expect(said(pod + proxyConfig('other', distroless), 'IST0158')).toEqual(['Namespace shop']);
    const annotated = '{ proxy.istio.io/config: "image: {imageType: distroless}" }';
    expect(said(injected('1.30.0-distroless', annotated), 'IST0158')).toEqual([]);
  });

  test('a variant of a selector counts for the pods that it selects', () => {
    const pod = injected('1.30.0-debug');
    const select = (app: string, namespace = 'shop') =>
      proxyConfig(
        namespace,
        `{ selector: { matchLabels: { app: ${app} } }, image: { imageType: debug } }`,
      );
    expect(said(pod + select('web'), 'IST0158')).toEqual([]);
    expect(said(pod + select('api'), 'IST0158')).toEqual(['Namespace shop']);
    expect(said(pod + select('api', 'istio-system'), 'IST0158')).toEqual([]);
  });
});
