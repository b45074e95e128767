import { describe, expect, it } from 'vitest';
import { meshFromYaml } from '../../mesh/mesh-from-yaml';
import { type Call, simulate } from '../../simulation';
import { deployment, namespace, security, service } from '../../testing/manifest-text';

const base =
  namespace('shop') +
  deployment('web') +
  namespace('stock') +
  deployment('items', { where: 'stock' }) +
  service('items', 'stock', '{name: http, port: 80, targetPort: 8080}');
const tokens = (rule: string, selector = 'app: items') =>
  security(
    'RequestAuthentication',
    'tokens',
    'stock',
    `{selector: {matchLabels: {${selector}}}, jwtRules: [{issuer: a, jwksUri: "https://a.example/keys"${rule}}]}`,
  );

function endOf(manifests: string, call: Partial<Call>) {
  const trace = simulate(meshFromYaml(base + manifests), {
    from: { kind: 'Deployment', namespace: 'shop', name: 'web' },
    to: 'items.stock.svc.cluster.local',
    port: 80,
    protocol: 'http',
    ...call,
  });
  return trace.disposition === 'undetermined' ? trace.reasons.at(-1) : trace.disposition;
}
const bearer = { headers: { Authorization: 'Bearer a.b.c' } };
const unknown = 'call-incomplete';

describe('a RequestAuthentication', () => {
  it('leaves a request open that carries a token', () => {
    expect(endOf(tokens(''), bearer)).toBe(unknown);
    expect(endOf(tokens(''), { path: '/?access_token=a.b.c' })).toBe(unknown);
  });
  it('lets requests without a token pass, and what is no token of its places', () => {
    expect(endOf(tokens(''), {})).toBe('delivered');
    expect(endOf(tokens(''), { headers: { Authorization: 'Basic abc' } })).toBe('delivered');
    expect(endOf(tokens(', fromHeaders: [{name: x-token}]'), bearer)).toBe('delivered');
    const own = { headers: { 'X-Token': 'a.b.c' } };
    expect(endOf(tokens(', fromHeaders: [{name: x-token}]'), own)).toBe(unknown);
    expect(
      endOf(tokens(', fromCookies: [session]'), { headers: { Cookie: 'a=1; session=t' } }),
    ).toBe(unknown);
  });
  it('is for the pods that it selects', () => {
    expect(endOf(tokens('', 'app: other'), bearer)).toBe('delivered');
    expect(endOf('', bearer)).toBe('delivered');
  });
  it('gives policies on tokens nothing to hold for requests that carry none', () => {
    const policy = (spec: string) => security('AuthorizationPolicy', 'p', 'stock', spec);
    const some = policy('{rules: [{from: [{source: {requestPrincipals: ["*"]}}]}]}');
    const without = policy(
      '{action: DENY, rules: [{from: [{source: {notRequestPrincipals: ["*"]}}]}]}',
    );
    const claim = policy('{rules: [{when: [{key: "request.auth.claims[iss]", values: [a]}]}]}');
    for (const spec of [some, without, claim]) {
      expect(endOf(tokens('') + spec, {})).toBe('denied-by-policy');
      expect(endOf(tokens('') + spec, bearer)).toBe(unknown);
      // nobody looks at tokens without a RequestAuthentication
      expect(endOf(spec, bearer)).toBe('denied-by-policy');
    }
  });
  it('lets preflights pass', () => {
    const headers = { ...bearer.headers, Origin: 'a', 'Access-Control-Request-Method': 'PUT' };
    expect(endOf(tokens(''), { method: 'OPTIONS', headers })).toBe('delivered');
  });
});
