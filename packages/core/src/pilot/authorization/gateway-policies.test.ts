import { describe, expect, it } from 'vitest';
import { runCall } from '../../envoy';
import { meshFromYaml, proxyOfPod } from '../../mesh';
import { compileProxy } from '../compile-proxy';

const gateway = `
apiVersion: v1
kind: Pod
metadata: {name: egress, namespace: istio-system, labels: {istio: egressgateway}}
spec: {nodeName: n, containers: [{name: istio-proxy, args: [proxy, router]}]}
status: {podIP: 10.0.0.1}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: egress, namespace: istio-system}
spec:
  selector: {istio: egressgateway}
  servers: [{port: {number: 8443, name: tls, protocol: TLS}, hosts: [api.example.com], tls: {mode: ISTIO_MUTUAL}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: api, namespace: istio-system}
spec:
  hosts: [api.example.com]
  gateways: [egress]
  tcp: [{match: [{port: 8443}], route: [{destination: {host: api.example.com, port: {number: 443}}}]}]
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: api, namespace: istio-system}
spec: {hosts: [api.example.com], ports: [{number: 443, name: tls, protocol: TLS}], resolution: DNS}`;

const policy = (account: string, selector = '{istio: egressgateway}') => `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: who, namespace: istio-system}
spec: {selector: {matchLabels: ${selector}}, rules: [{from: [{source: {principals: ["cluster.local/ns/shop/sa/${account}"]}}]}]}`;

function outcome(...documents: readonly string[]) {
  const mesh = meshFromYaml([gateway, ...documents].join('\n---\n'));
  const proxy = proxyOfPod(mesh, 'istio-system', 'egress');
  if (proxy === undefined) throw new Error('no proxy');
  const certificate = { name: 'default', principal: 'spiffe://cluster.local/ns/shop/sa/web' };
  return runCall(compileProxy(mesh, proxy), {
    entry: 'direct',
    address: '10.0.0.1',
    port: 8443,
    protocol: 'tcp',
    tls: { sni: 'api.example.com', alpn: ['istio'], certificate },
  }).outcome;
}

describe('AuthorizationPolicy at an egress gateway', () => {
  it('lets the named service account out', () => {
    expect(outcome(policy('web'))).toBe('forwarded');
  });
  it('closes the connection of every other', () => {
    expect(outcome(policy('batch'))).toBe('denied');
  });
  it('does nothing for other pods, and without a policy everybody gets out', () => {
    expect(outcome(policy('batch', '{app: other}'))).toBe('forwarded');
    expect(outcome()).toBe('forwarded');
  });
});
