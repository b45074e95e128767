import { describe, expect, it } from 'vitest';
import { meshFromYaml } from '../../mesh/mesh-from-yaml';
import { allowAny, deployment, document, namespace, service } from '../../testing/manifest-text';
import { simulate } from '../simulate';

const app = 'containers: [{name: app, ports: [{containerPort: 8080}]}]';
const shop = (pod = app) => allowAny + namespace('shop') + deployment('web', { pod });
const own = document(`apiVersion: v1
kind: Pod
metadata: {name: worker, namespace: shop, labels: {app: worker}}
spec: {${app}}
status: {podIP: 10.244.0.7}`);

function dial(to: string, manifests = shop(), name = 'web', kind = 'Deployment') {
  const from = { kind, namespace: 'shop', name };
  const { symptom, reasons } = simulate(meshFromYaml(manifests), {
    from,
    to,
    port: 8080,
    protocol: 'http',
  });
  return { addresses: symptom.dns?.addresses, reasons };
}

describe('the hosts file of a container', () => {
  it('has the loopback address, which no rule redirects', () => {
    expect(dial('localhost')).toEqual({ addresses: ['127.0.0.1'], reasons: ['loopback'] });
    expect(dial('LOCALHOST.').addresses).toEqual(['127.0.0.1']);
  });
  it('has the aliases of the pod, also for names that a Service has', () => {
    const aliases = `${app}, hostAliases: [{ip: 198.51.100.9, hostnames: [items, pay.example]}]`;
    const items = service('items', 'shop', '{name: http, port: 8080}');
    expect(dial('pay.example', shop(aliases)).addresses).toEqual(['198.51.100.9']);
    expect(dial('items', shop(aliases) + items).addresses).toEqual(['198.51.100.9']);
    expect(dial('items.shop', shop(aliases) + items).addresses).not.toEqual(['198.51.100.9']);
  });
  it('has only addresses of the family asked for', () => {
    const aliases = `${app}, hostAliases: [{ip: "2001:db8::9", hostnames: [items]}]`;
    const items = service('items', 'shop', '{name: http, port: 8080}');
    expect(dial('items', shop(aliases) + items).addresses?.[0]).toMatch(/^10\./);
  });
  it('has the name of a pod, and none for pods of which only the template is known', () => {
    expect(dial('worker', shop() + own, 'worker', 'Pod').addresses).toEqual(['10.244.0.7']);
    const web = service('web', 'shop', '{name: http, port: 8080}');
    expect(dial('web', shop() + web).reasons).not.toContain('own-address');
  });
  it('skips aliases whose address is none', () => {
    const aliases = `${app}, hostAliases: [{ip: here, hostnames: [localhost]}, {hostnames: [x]}, {}]`;
    expect(dial('localhost', shop(aliases)).addresses).toEqual(['127.0.0.1']);
  });
});

describe('a name that nobody on the internet answers', () => {
  it.each(['nosuch', 'nosuch.shop.svc', 'pay.invalid'])('%s does not resolve', to => {
    expect(dial(to)).toEqual({ addresses: [], reasons: ['name-not-resolved'] });
  });
  it.each(['pay.example', 'nosuch.shop', 'svc.example'])('is not %s', to => {
    expect(dial(to).reasons).not.toContain('name-not-resolved');
  });
});
