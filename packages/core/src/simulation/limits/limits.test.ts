import { describe, expect, it } from 'vitest';
import { meshFromYaml } from '../../mesh/mesh-from-yaml';
import { allowAny, deployment, document, namespace, service } from '../../testing/manifest-text';
import { simulate } from '../simulate';
import type { Call } from '../trace';

const items: Call = {
  from: { kind: 'Deployment', namespace: 'shop', name: 'web' },
  to: 'items.stock.svc.cluster.local',
  port: 80,
  protocol: 'http',
};
const base =
  allowAny +
  deployment('web') +
  namespace('stock') +
  deployment('items', { where: 'stock' }) +
  service('items', 'stock', '{name: http, port: 80, targetPort: 8080}');

const messages = (manifests: string) =>
  simulate(meshFromYaml(base + manifests), items).unmodelled.map(({ message }) => message);

describe('routes of the Gateway API', () => {
  const route = (where: string, parent: string) =>
    document(
      `apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r, namespace: ${where}}\nspec: {parentRefs: [${parent}]}`,
    );
  const shop = namespace('shop');
  const bound = [
    'HTTPRoute stock/r is bound to Service stock/items and not modelled; it may change the answer',
  ];
  it('of the namespace of the Service are named to every client', () => {
    expect(messages(shop + route('stock', '{kind: Service, group: "", name: items}'))).toEqual(
      bound,
    );
  });
  it('of the namespace of the client are for that client', () => {
    const parent = '{kind: Service, group: "", name: items, namespace: stock}';
    expect(messages(shop + route('shop', parent))).toHaveLength(1);
    expect(messages(shop + namespace('other') + route('other', parent))).toEqual([]);
  });
  it.each([
    ['another Service', '{kind: Service, name: web}'],
    ['a Gateway', '{kind: Gateway, name: items}'],
    ['nothing', ''],
    ['no object', 'text'],
  ])('bound to %s are none', (_, parent) => {
    expect(messages(shop + route('stock', parent))).toEqual([]);
  });
});

describe('a Service of which only the own node counts', () => {
  const local = (policy: string) =>
    base.replace(
      '{selector: {app: items}',
      `{internalTrafficPolicy: ${policy}, selector: {app: items}`,
    );
  it.each([
    ['Local', 1],
    ['Cluster', 0],
  ])('with internalTrafficPolicy %s is named %i times', (policy, times) => {
    const { unmodelled } = simulate(meshFromYaml(local(policy) + namespace('shop')), items);
    expect(unmodelled).toHaveLength(times);
  });
});

/** Label `istio.io/dataplane-mode` (`cni/pkg/util/podutil.go:PodRedirectionEnabled`). */
describe('the ambient data plane', () => {
  const ambient = 'istio.io/dataplane-mode: ambient';
  it('is named at the pod that calls, and at the pod that is called', () => {
    const [message] = messages(namespace('shop', ambient));
    expect(message).toContain('shop/web is in the ambient data plane');
    const called = base.replace(
      'stock, labels: {istio-injection: enabled',
      `stock, labels: {${ambient}`,
    );
    const mesh = meshFromYaml(called + namespace('shop'));
    const { unmodelled } = simulate(mesh, items);
    expect(unmodelled.map(({ object }) => object.namespace)).toEqual(['stock']);
  });
  it('is not where a pod has a sidecar, or opts out', () => {
    expect(messages(namespace('shop', `istio-injection: enabled, ${ambient}`))).toEqual([]);
    const out = base.replace(
      'labels: {app: web}, annotations',
      'labels: {app: web, istio.io/dataplane-mode: none}, annotations',
    );
    expect(simulate(meshFromYaml(out + namespace('shop', ambient)), items).unmodelled).toEqual([]);
  });
});
