import { describe, expect, it } from 'vitest';
import { meshFromYaml } from '../../mesh/mesh-from-yaml';
import { simulate } from '../../simulation';
import { deployment, entry, http, istio, meshConfig, namespace } from '../../testing/manifest-text';

const base = namespace('shop') + deployment('web');
const found = '{number: 8080, name: any}';
const pool = (text: string) =>
  istio(
    'DestinationRule',
    'pay',
    'shop',
    `{host: pay.example, trafficPolicy: {connectionPool: {http: {${text}}}}}`,
  );

function spoken(manifests: string, port: number, httpVersion: '1.1' | '2', to = 'pay.example') {
  const from = { kind: 'Deployment', namespace: 'shop', name: 'web' } as const;
  const call = { from, to, port, protocol: 'http', httpVersion } as const;
  return simulate(meshFromYaml(base + manifests), call).symptom.reached?.protocol;
}

describe('the HTTP version of a cluster', () => {
  it('is the client’s where the protocol of the port is found out', () => {
    expect(spoken(entry('pay.example', found), 8080, '2')).toBe('h2');
    expect(spoken(entry('pay.example', found), 8080, '1.1')).toBe('http/1.1');
    expect(spoken('', 9999, '2', '198.51.100.7')).toBe('h2');
  });
  it('is the declared one of the port, whatever the client speaks', () => {
    expect(spoken(entry('pay.example', http), 80, '2')).toBe('http/1.1');
    const grpc = entry('pay.example', '{number: 80, name: grpc, protocol: GRPC}');
    expect(spoken(grpc, 80, '1.1')).toBe('h2');
  });
  it('is raised by a rule, or by the mesh for ports that are HTTP', () => {
    const raised = meshConfig('h2UpgradePolicy: UPGRADE');
    const plain = entry('pay.example', http);
    expect(spoken(plain + pool('h2UpgradePolicy: UPGRADE'), 80, '1.1')).toBe('h2');
    expect(spoken(plain + raised, 80, '1.1')).toBe('h2');
    expect(spoken(plain + raised + pool('h2UpgradePolicy: DO_NOT_UPGRADE'), 80, '1.1')).toBe(
      'http/1.1',
    );
    expect(spoken(entry('pay.example', found) + raised, 8080, '1.1')).toBe('http/1.1');
  });
  it('follows the client when the rule says so, which goes before a raise', () => {
    const plain = entry('pay.example', http);
    const both = pool('h2UpgradePolicy: UPGRADE, useClientProtocol: true');
    expect(spoken(plain + both, 80, '1.1')).toBe('http/1.1');
    expect(spoken(plain + both, 80, '2')).toBe('h2');
  });
});
