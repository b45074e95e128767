import { describe, expect, it } from 'vitest';
import { validateResource } from '..';

const apiVersions: Readonly<Record<string, string>> = {
  VirtualService: 'networking.istio.io/v1',
  WorkloadGroup: 'networking.istio.io/v1',
  WasmPlugin: 'extensions.istio.io/v1alpha1',
};

/** What the webhook says of a spec, one message a line. */
function objections(kind: string, spec: unknown): string {
  const value = {
    apiVersion: apiVersions[kind] ?? 'security.istio.io/v1',
    kind,
    metadata: { name: 'a', namespace: 'ns' },
    spec,
  };
  const source = { file: 'object.yaml', document: 0, line: 1 };
  const errors = validateResource({ value, source })?.admission.errors ?? [];
  return errors.map(error => error.message).join('\n');
}

/** Sentences and conditions of `pkg/config/validation/validation.go` in istio/istio. */
describe('header names', () => {
  const route = [{ destination: { host: 'a' } }];
  const matching = (name: string) =>
    objections('VirtualService', {
      hosts: ['a'],
      http: [{ match: [{ headers: { [name]: { exact: 'x' } } }], route }],
    });

  it.each([':method', ':scheme', ':authority', ':path', ':status', 'foo.id', "x!#$%&'*+^`|~_"])(
    'a match may name %s',
    name => expect(matching(name)).toBe(''),
  );
  it.each([':uri', 'a b', 'a:b', 'a"'])('a match may not name %s', name => {
    expect(matching(name)).toContain(`header name ${name} is not a valid header name`);
  });

  const allowing = (policy: object) =>
    objections('VirtualService', { hosts: ['a'], http: [{ corsPolicy: policy, route }] });
  it('a CORS policy takes any token, `*` for all, no pseudo header', () => {
    const good = { allowHeaders: ['*', 'x.y'], exposeHeaders: ['a_b'], allowMethods: ['*', 'GET'] };
    expect(allowing(good)).toBe('');
    expect(allowing({ allowHeaders: [':path'] })).toContain('is not a valid header name');
    expect(allowing({ allowMethods: ['get'] })).toContain('is not a supported HTTP method');
  });

  it('a probe takes what the kubelet takes', () => {
    const probing = (name: string) =>
      objections('WorkloadGroup', {
        template: {},
        probe: { httpGet: { port: 80, httpHeaders: [{ name, value: 'x' }] } },
      });
    expect(probing('X-A')).toBe('');
    expect(probing('x_a')).toContain('is not a valid header name');
  });
});

describe('RequestAuthentication', () => {
  const ruled = (rule: object) => objections('RequestAuthentication', { jwtRules: [rule] });
  const key = { kty: 'RSA', n: 'AQ', e: 'AQAB' };

  it('needs an issuer or the place of the keys', () => {
    expect(ruled({ jwksUri: 'https://a.example/keys' })).toBe('');
    expect(ruled({ issuer: 'a' })).toBe('');
    expect(ruled({})).toContain('issuer or jwksUri must be non-empty string');
  });

  it.each([
    ['a set', { keys: [key] }, ''],
    ['no key', { keys: [] }, ''],
    ['a single key', key, ''],
    ['an object that is no key', {}, 'jwks parse error'],
    ['a key without its fields', { keys: [{ kty: 'EC', crv: 'P-256' }] }, 'field x'],
    ['an unknown type', { keys: [{ kty: 'DSA' }] }, 'invalid key type'],
    ['a list', [key], 'no object'],
  ])('given keys: %s', (_, jwks, said) => {
    const found = ruled({ issuer: 'a', jwks: JSON.stringify(jwks) });
    if (said === '') expect(found).toBe('');
    else expect(found).toContain(said);
  });
});

describe('AuthorizationPolicy', () => {
  const custom = (rule: object) =>
    objections('AuthorizationPolicy', { action: 'CUSTOM', provider: { name: 'p' }, rules: [rule] });

  it('an external authorizer knows no service account', () => {
    expect(custom({ to: [{ operation: { hosts: ['a'] } }] })).toBe('');
    const source = { serviceAccounts: ['ns/a'] };
    expect(custom({ from: [{ source }] })).toBe(
      'invalid policy a.ns: From.ServiceAccounts is currently not supported with CUSTOM action',
    );
    const when = [{ key: 'source.serviceAccount', values: ['ns/a'] }];
    expect(custom({ when })).toContain('source.serviceAccount is currently not supported');
  });

  it('a service account stands alone', () => {
    const source = { serviceAccounts: ['ns/a'], namespaces: ['ns'] };
    expect(objections('AuthorizationPolicy', { rules: [{ from: [{ source }] }] })).toBe(
      'invalid policy a.ns: cannot set serviceAccounts with namespaces or principals, found at rule 0',
    );
  });
});

describe('WasmPlugin', () => {
  it.each([
    ['oci://registry:5000/a/b', ''],
    ['registry.example/a/b:1', ''],
    ['1.2.3.4:5000/a', ''],
    ['registry:5000/a', 'unsupported scheme: registry'],
    ['ftp://a/b', 'unsupported scheme: ftp'],
  ])('%s', (url, said) => {
    const found = objections('WasmPlugin', { url });
    if (said === '') expect(found).toBe('');
    else expect(found).toContain(said);
  });
});
