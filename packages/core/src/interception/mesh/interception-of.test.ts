import { describe, expect, it } from 'vitest';
import { buildMesh, findWorkload } from '../../mesh';
import { type IpAddress, parseIp } from '../../net';
import { decodeResources } from '../../resources';
import { interceptionOf } from './interception-of';

const namespace = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'shop', labels: { 'istio-injection': 'enabled' } },
};
const pod = (more: object = {}, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'shop', ...more },
  spec: { containers: [{ name: 'web' }], ...spec },
});
const dnsService = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'kube-dns', namespace: 'kube-system' },
  spec: { clusterIP: '10.43.0.10', ports: [{ port: 53 }] },
};
const dnsOn = {
  annotations: { 'proxy.istio.io/config': 'proxyMetadata: { ISTIO_META_DNS_CAPTURE: "true" }' },
};

function ip(text: string): IpAddress {
  const read = parseIp(text);
  if (read === undefined) throw new Error(text);
  return read;
}

function intercept(objects: readonly unknown[], options = {}) {
  const raw = objects.map((value, document) => ({
    value,
    source: { file: 'a.yaml', document, line: 1 },
  }));
  const mesh = buildMesh(decodeResources(raw).resources, options);
  const workload = findWorkload(mesh, 'shop/web');
  if (workload === undefined) throw new Error('no workload');
  const [own] = workload.pods;
  const target = { workload, ips: [ip('10.1.0.5')], ...(own !== undefined && { pod: own }) };
  return interceptionOf(mesh, target);
}

function textOf({ result }: ReturnType<typeof intercept>): string {
  if (result.kind !== 'programmed' || result.script.backend !== 'iptables') return result.kind;
  return result.script.v4.map(line => line.text).join('\n');
}

describe('the interception of a pod of a mesh', () => {
  it('is predicted for a pod as its author wrote it', () => {
    const answer = intercept([namespace, pod()]);
    expect(answer).toMatchObject({
      basis: 'predicted',
      result: { kind: 'programmed', mode: 'init' },
    });
    expect(answer.loaded?.kind).toBe('loaded');
    expect(answer.assumptions.map(({ code }) => code)).toEqual(['node-versions-assumed']);
  });
  it('knows that a running pod without a proxy has none', () => {
    const running = { ...pod(), status: { phase: 'Running', podIP: '10.1.0.5' } };
    expect(intercept([namespace, running])).toMatchObject({
      basis: 'observed',
      result: { code: 'not-injected' },
    });
  });
  it('does not know the namespace', () => {
    expect(intercept([pod()])).toMatchObject({
      basis: 'unknown',
      decision: { missing: 'namespace' },
    });
    expect(intercept([pod()], { injectDefault: true })).toMatchObject({
      result: { kind: 'programmed' },
      assumptions: [{ code: 'namespace-labels-assumed' }, { code: 'node-versions-assumed' }],
    });
  });
  it('takes the name servers from the DNS service', () => {
    expect(textOf(intercept([namespace, dnsService, pod(dnsOn)]))).toContain('-d 10.43.0.10/32');
    const unknown = intercept([namespace, pod(dnsOn)]);
    expect(unknown.assumptions.map(({ code }) => code)).toContain('name-servers-assumed');
  });
  it('or from the pod', () => {
    const own = { dnsPolicy: 'None', dnsConfig: { nameservers: ['192.0.2.53'] } };
    expect(textOf(intercept([namespace, dnsService, pod(dnsOn, own)]))).toContain(
      '-d 192.0.2.53/32',
    );
  });
  it('follows Helm values in the input', () => {
    const values = {
      global: { proxy: { excludeOutboundPorts: '3306' } },
      pilot: { cni: { enabled: true } },
    };
    const answer = intercept([namespace, values, pod()]);
    expect(answer.result).toMatchObject({ mode: 'cni' });
    expect(textOf(answer)).toContain('-A ISTIO_OUTPUT -p tcp --dport 3306 -j RETURN');
  });
  it('gives the same object again', () => {
    const raw = [namespace, pod()].map(value => ({
      value,
      source: { file: 'a.yaml', document: 0, line: 1 },
    }));
    const mesh = buildMesh(decodeResources(raw).resources, {});
    const workload = findWorkload(mesh, 'shop/web');
    if (workload === undefined) throw new Error('no workload');
    const target = { workload, ips: [ip('10.1.0.5')] };
    expect(interceptionOf(mesh, target)).toBe(interceptionOf(mesh, target));
  });
});
