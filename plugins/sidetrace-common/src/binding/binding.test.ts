import type { Entity } from '@backstage/catalog-model';
import { describe, expect, test } from 'vitest';
import { declaredHostsOf } from './declared-hosts';
import { matchingWorkloads } from './matching-workloads';
import { describeQuery, isSidetraceAvailable, workloadQueryOf } from './workload-query';

const entity = (annotations: Record<string, string>): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'web', annotations },
});
const workload = (
  namespace: string,
  name: string,
  labels: Record<string, string> = {},
  kind = 'Deployment',
) => ({ ref: { kind, namespace, name }, labels });
const mesh = {
  cluster: 'prod',
  workloads: [
    workload('shop', 'web', { app: 'web', 'backstage.io/kubernetes-id': 'web' }),
    workload('shop', 'web', { app: 'web' }, 'StatefulSet'),
    workload('shop', 'cart', { app: 'cart' }),
    workload('other', 'web', { app: 'web', 'backstage.io/kubernetes-id': 'web' }),
  ],
};

function check(annotations: Record<string, string>, expected: readonly string[]) {
  const query = workloadQueryOf(entity(annotations));
  const found = query === undefined ? [] : matchingWorkloads(query, mesh);
  expect(found.map(({ ref }) => `${ref.namespace}/${ref.kind}/${ref.name}`)).toEqual(expected);
}

describe('the workloads of an entity', () => {
  test('are those with the name and namespace of its own annotation', () => {
    check({ 'sidetrace.dev/workload': 'shop/web' }, [
      'shop/Deployment/web',
      'shop/StatefulSet/web',
    ]);
  });
  test('may be named with their kind, in any case, and be several', () => {
    check({ 'sidetrace.dev/workload': 'shop/statefulset/web, shop/cart' }, [
      'shop/StatefulSet/web',
      'shop/Deployment/cart',
    ]);
  });
  test('come from its own annotation even when the Kubernetes ones are there', () => {
    check({ 'sidetrace.dev/workload': 'shop/cart', 'backstage.io/kubernetes-id': 'web' }, [
      'shop/Deployment/cart',
    ]);
  });
  test('are those labelled with the Kubernetes id, in the namespace of the annotation', () => {
    check({ 'backstage.io/kubernetes-id': 'web', 'backstage.io/kubernetes-namespace': 'other' }, [
      'other/Deployment/web',
    ]);
  });
  test('are selected by label, and the selector goes before the id', () => {
    check(
      {
        'backstage.io/kubernetes-id': 'web',
        'backstage.io/kubernetes-label-selector': 'app in (cart, none),!gone,app!=web',
      },
      ['shop/Deployment/cart'],
    );
  });
  test('are none in another cluster', () => {
    check({ 'backstage.io/kubernetes-id': 'web', 'backstage.io/kubernetes-cluster': 'test' }, []);
  });
  test('are none when the annotation cannot be read, and the answer says why', () => {
    const wrong = entity({ 'sidetrace.dev/workload': 'web' });
    check({ 'sidetrace.dev/workload': 'web' }, []);
    const query = workloadQueryOf(wrong);
    expect(query && describeQuery(query)).toContain('neither `namespace/name`');
  });
  test('are unknown without an annotation, or with an empty one', () => {
    expect(isSidetraceAvailable(entity({}))).toBe(false);
    expect(isSidetraceAvailable(entity({ 'sidetrace.dev/workload': ' ' }))).toBe(false);
    expect(isSidetraceAvailable(entity({ 'backstage.io/kubernetes-id': 'x' }))).toBe(true);
  });
});

describe('declared external hosts', () => {
  test('have a host, and a port and protocol when they are written', () => {
    const text = 'API.stripe.com:443/https, smtp.example:465/TLS,*.example.com , db.example/TCP';
    expect(declaredHostsOf(entity({ 'sidetrace.dev/external-hosts': text })).targets).toEqual([
      { host: 'api.stripe.com', port: 443, protocol: 'TLS' },
      { host: 'smtp.example', port: 465, protocol: 'TLS' },
      { host: '*.example.com' },
      { host: 'db.example', protocol: 'TCP' },
    ]);
  });
  test('that cannot be read are named', () => {
    const text = 'https://a.example,b.example:99999,c.example/SCTP,ok.example';
    const { targets, invalid } = declaredHostsOf(entity({ 'sidetrace.dev/external-hosts': text }));
    expect(targets).toEqual([{ host: 'ok.example' }]);
    expect(invalid).toEqual(['https://a.example', 'b.example:99999', 'c.example/SCTP']);
  });
});
