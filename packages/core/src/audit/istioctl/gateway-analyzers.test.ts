import { describe, expect, test } from 'vitest';
import { decodeResources } from '../../resources';
import { analyzeAsIstioctl } from './analyze';

type Manifest = Readonly<Record<string, unknown>>;

/** `code name` of the codes that are asked for. */
function said(objects: readonly Manifest[], ...codes: readonly string[]): readonly string[] {
  const raw = objects.map((value, document) => ({
    value,
    source: { file: 'm.yaml', document, line: 1 },
  }));
  return analyzeAsIstioctl(decodeResources(raw), '1.32')
    .filter(({ code }) => codes.includes(code))
    .map(({ code, object, message }) => `${code} ${object.name} ${message}`);
}

const object = (kind: string, name: string, rest: object, annotations: object = {}): Manifest => ({
  apiVersion: ['Pod', 'Service', 'Secret', 'ConfigMap'].includes(kind)
    ? 'v1'
    : 'networking.istio.io/v1',
  kind,
  metadata: { name, namespace: 'shop', labels: { app: 'gw' }, annotations },
  ...rest,
});

const pod = object('Pod', 'gw-1', { spec: { containers: [{ name: 'istio-proxy', image: 'p' }] } });
const gateway = (servers: readonly object[]) =>
  object('Gateway', 'gw', { spec: { selector: { app: 'gw' }, servers } });
const server = (number: number, tls: object = {}) => ({
  port: { number, name: `p${number}`, protocol: 'HTTPS' },
  hosts: ['*.example'],
  tls: { mode: 'SIMPLE', ...tls },
});

/** `gateway/gateway.go`: the Service's port counts, and its target unless that is a name. */
describe('IST0162', () => {
  const service = (targetPort: number | string) =>
    object('Service', 's', {
      spec: { selector: { app: 'gw' }, ports: [{ port: 443, targetPort, protocol: 'TCP' }] },
    });

  test.each([
    [8443, 443, 0],
    [8443, 8443, 0],
    ['8443', 8443, 0],
    ['https', 443, 0],
    ['https', 8443, 1],
  ])('target %s, gateway port %i: %i times', (target, port, count) => {
    expect(said([pod, service(target), gateway([server(port)])], 'IST0162')).toHaveLength(count);
  });
});

/** `gateway/certificate.go`: a credential decides alone; without one, both files. */
describe('IST0138', () => {
  const named = (name: string, tls: object) =>
    object('Gateway', name, { spec: { selector: { app: 'gw' }, servers: [server(443, tls)] } });
  const files = { serverCertificate: '/c', privateKey: '/k' };

  test.each([
    [{ credentialName: 'c' }, { credentialName: 'c' }, 2],
    [{ credentialName: 'c' }, { credentialName: 'c', serverCertificate: '/x' }, 2],
    [{ credentialName: 'c' }, { credentialName: 'd' }, 0],
    [files, files, 2],
    [files, { ...files, privateKey: '/other' }, 0],
    [files, { ...files, credentialName: 'c' }, 0],
  ])('%j and %j: %i gateways', (one, other, count) => {
    expect(said([named('a', one), named('b', other)], 'IST0138')).toHaveLength(count);
  });
});

/** `gateway/secret.go` and `kube.ExtractCertInfo`. */
describe('IST0161', () => {
  const certificate = btoa('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
  const secret = (data: object) => object('Secret', 'cert', { data });
  const listening = gateway([server(443, { credentialName: 'cert' })]);

  test.each([
    ['a pair', { 'tls.crt': certificate, 'tls.key': btoa('key') }, 0],
    ['the generic pair', { cert: certificate, key: btoa('key') }, 0],
    ['halves of two pairs', { 'tls.crt': certificate, key: btoa('key') }, 1],
    ['an empty key', { 'tls.crt': certificate, 'tls.key': '' }, 1],
    ['no certificate in it', { 'tls.crt': btoa('foo'), 'tls.key': btoa('key') }, 1],
  ])('a Secret with %s', (_, data, count) => {
    expect(said([pod, secret(data), listening], 'IST0161')).toHaveLength(count);
  });

  test('says nothing of credentials where Secrets were not read', () => {
    const raw = [pod, listening].map((value, document) => ({
      value,
      source: { file: 'm.yaml', document, line: 1 },
    }));
    const codes = (unread: readonly string[]) =>
      analyzeAsIstioctl(decodeResources(raw), '1.32', unread).map(({ code }) => code);
    expect(codes([])).toContain('IST0101');
    expect(codes(['Pod'])).toContain('IST0101');
    expect(codes(['Secret'])).not.toContain('IST0101');
  });
});

/** `gateway/conflictinggateway.go`. */
test('a gateway without servers finds nobody with its selector', () => {
  const other = object('Gateway', 'other', {
    spec: { selector: { app: 'gw' }, servers: [server(443)] },
  });
  expect(said([pod, gateway([])], 'IST0101')).toEqual([
    'IST0101 gw Referenced selector not found: "app=gw"',
  ]);
  expect(said([pod, gateway([]), other], 'IST0101')).toEqual([]);
});

/** `virtualservice/gateways.go`. */
describe('a VirtualService on a Gateway of the Gateway API', () => {
  const service = object('VirtualService', 'v', {
    spec: {
      hosts: ['a.example'],
      gateways: ['gw'],
      http: [{ route: [{ destination: { host: 'a.example' } }] }],
    },
  });
  const kubernetes = (listener: object) => ({
    ...object('Gateway', 'gw', {
      spec: { gatewayClassName: 'istio', listeners: [{ name: 'a', port: 80, ...listener }] },
    }),
    apiVersion: 'gateway.networking.k8s.io/v1',
  });
  const found = (...objects: readonly Manifest[]) =>
    said(objects, 'IST0101', 'IST0132').filter(line => line.includes('ateway'));

  test('finds it, and its hosts', () => {
    expect(found(service)).toHaveLength(2);
    expect(found(service, kubernetes({}))).toEqual([]);
    expect(found(service, kubernetes({ hostname: '*.example' }))).toEqual([]);
    expect(found(service, kubernetes({ hostname: 'b.example' }))).toHaveLength(1);
  });
});

/** `serviceentry/protocoladdresses.go`, `schema/validation.go`. */
describe('a ServiceEntry on TCP without addresses', () => {
  const entry = (annotations: object = {}, labels: object = {}) => {
    const base = object(
      'ServiceEntry',
      'e',
      {
        spec: {
          hosts: ['db.example'],
          ports: [{ number: 3306, name: 'db', protocol: 'TCP' }],
          resolution: 'DNS',
        },
      },
      annotations,
    );
    return { ...base, metadata: { name: 'e', namespace: 'shop', labels, annotations } };
  };
  const mesh = (metadata: string, more = '') => ({
    ...object('ConfigMap', 'istio', {
      data: { mesh: `defaultConfig: {proxyMetadata: {${metadata}}}\n${more}` },
    }),
    metadata: { name: 'istio', namespace: 'istio-system' },
  });
  const capture = 'ISTIO_META_DNS_CAPTURE: "true"';

  test.each([
    ['', 1],
    [capture, 1],
    [`${capture}, ISTIO_META_DNS_AUTO_ALLOCATE: "true"`, 0],
    [`${capture}, PILOT_ENABLE_IP_AUTOALLOCATE: "true"`, 0],
    ['PILOT_ENABLE_IP_AUTOALLOCATE: "true"', 1],
  ])('proxies with {%s}: IST0134 %i times', (metadata, count) => {
    expect(said([entry(), mesh(metadata)], 'IST0134')).toHaveLength(count);
  });

  test('what a mesh configuration says that istiod refuses does not count', () => {
    const allocated = 'ISTIO_META_DNS_CAPTURE: "true", ISTIO_META_DNS_AUTO_ALLOCATE: "true"';
    const written = (more: string) => mesh(allocated, more);
    expect(said([entry(), written('connectTimeout: 1s')], 'IST0134')).toEqual([]);
    expect(said([entry(), written('connectTimeout: 0s')], 'IST0134')).toHaveLength(1);
    expect(said([entry(), written('connectTimeout: [1s]')], 'IST0134')).toHaveLength(1);
  });

  test('its label is not shown to the validator', () => {
    const labels = { 'networking.istio.io/enable-autoallocate-ip': 'false' };
    expect(said([entry({}, labels)], 'IST0133')).toEqual([]);
  });

  /** `pkg/config/analysis/local`: the annotation silences codes of the object. */
  test.each([
    ['IST0134', 0],
    ['*', 0],
    ['IST0101,IST0134', 0],
    ['IST0101', 1],
    ['IST0101, IST0134', 1],
    ['', 1],
  ])('galley.istio.io/analyze-suppress: %j leaves %i', (codes, count) => {
    const annotated = entry({ 'galley.istio.io/analyze-suppress': codes });
    expect(said([annotated], 'IST0134')).toHaveLength(count);
  });
});

/** `sidecar/selector.go`: an empty selector is none. */
test('two Sidecars of a namespace, one with an empty selector', () => {
  const sidecar = (name: string, spec: object) =>
    object('Sidecar', name, { spec: { egress: [{ hosts: ['./*'] }], ...spec } });
  const objects = [sidecar('a', {}), sidecar('b', { workloadSelector: {} })];
  expect(said(objects, 'IST0111')).toHaveLength(2);
});
