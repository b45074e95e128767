import { describe, expect, it } from 'vitest';
import { meshFromYaml } from '../../mesh/mesh-from-yaml';
import { deployment, entry, http, istio, namespace } from '../../testing/manifest-text';
import { simulate } from '../simulate';

const base = namespace('shop') + deployment('web') + entry('pay.example', http);

function location(redirect: string, authority?: string) {
  const rule = istio(
    'VirtualService',
    'pay',
    'shop',
    `{hosts: [pay.example], http: [{redirect: {${redirect}}}]}`,
  );
  const from = { kind: 'Deployment', namespace: 'shop', name: 'web' } as const;
  const call = { from, to: 'pay.example', port: 80, protocol: 'http', path: '/a?b=c' } as const;
  const asked = authority === undefined ? call : { ...call, host: authority };
  return simulate(meshFromYaml(base + rule), asked).symptom.http?.location;
}

describe('Location of a redirect', () => {
  it('names a port of the rule, but not the default one of its scheme', () => {
    expect(location('port: 8443')).toBe('http://pay.example:8443/a?b=c');
    expect(location('port: 80')).toBe('http://pay.example/a?b=c');
    expect(location('port: 443')).toBe('http://pay.example:443/a?b=c');
    expect(location('port: 443, scheme: https')).toBe('https://pay.example/a?b=c');
    expect(location('derivePort: FROM_REQUEST_PORT')).toBe('http://pay.example/a?b=c');
    expect(location('derivePort: FROM_REQUEST_PORT, scheme: https')).toBe(
      'https://pay.example:80/a?b=c',
    );
  });
  it('loses the old default port when the scheme changes, and any when the rule names one', () => {
    expect(location('scheme: https', 'pay.example:80')).toBe('https://pay.example/a?b=c');
    expect(location('uri: /x', 'pay.example:80')).toBe('http://pay.example:80/x?b=c');
    expect(location('uri: /x', 'pay.example:443')).toBe('http://pay.example:443/x?b=c');
    expect(location('port: 8443', 'pay.example:80')).toBe('http://pay.example:8443/a?b=c');
  });
});
