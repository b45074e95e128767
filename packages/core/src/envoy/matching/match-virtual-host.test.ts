import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RouteConfig } from '../config/route-config';
import { matchVirtualHost } from './match-virtual-host';

const origin = { kind: 'default', default: 'test' } as const;
const config = (
  hosts: Readonly<Record<string, readonly string[]>>,
  ignorePortInHostMatching = true,
): RouteConfig => ({
  name: '80',
  ignorePortInHostMatching,
  virtualHosts: Object.entries(hosts).map(([name, domains]) => ({
    name,
    domains,
    routes: [],
    origin,
  })),
  origin,
});
const found = (given: RouteConfig, host: string) => matchVirtualHost(given, host).virtualHost?.name;

const mixed = config({
  exact: ['a.foo.com', '[2001:db8::1]'],
  short: ['*.com'],
  long: ['*.foo.com'],
  prefix: ['a.*'],
  any: ['*'],
});

describe('virtual host domains', () => {
  it('prefers exact, then the longest suffix, then the longest prefix, then *', () => {
    expect(found(mixed, 'a.foo.com')).toBe('exact');
    expect(found(mixed, 'b.foo.com')).toBe('long');
    expect(found(mixed, 'x.y.foo.com')).toBe('long');
    expect(found(mixed, 'b.com')).toBe('short');
    expect(found(mixed, 'a.org')).toBe('prefix');
    expect(found(mixed, 'b.org')).toBe('any');
  });
  it('a suffix must be shorter than the host', () => {
    expect(found(config({ long: ['*.foo.com'] }), '.foo.com')).toBe(undefined);
    expect(found(config({ long: ['*.foo.com'] }), 'foo.com')).toBe(undefined);
  });
  it('takes the port off only where the configuration says so', () => {
    expect(found(mixed, 'a.foo.com:8080')).toBe('exact');
    expect(found(config({ exact: ['a.com'] }, false), 'a.com:80')).toBe(undefined);
    expect(found(config({ exact: ['a.com:80'] }, false), 'a.com:80')).toBe('exact');
  });
  it('colons in brackets are no port', () => {
    expect(found(mixed, '[2001:db8::1]')).toBe('exact');
    expect(found(mixed, '[2001:db8::1]:80')).toBe('exact');
  });
  it('names the domain that decided and what was looked for', () => {
    expect(matchVirtualHost(mixed, 'B.FOO.com:80')).toMatchObject({
      domain: '*.foo.com',
      host: 'b.foo.com',
      candidates: [{ name: 'b.foo.com' }],
    });
  });

  const host = fc
    .array(fc.stringMatching(/^[a-z0-9]{1,5}$/), { minLength: 1, maxLength: 4 })
    .map(labels => labels.join('.'));
  const port = fc.integer({ min: 1, max: 65535 });
  it('is the same with and without a port, in any letter case', () => {
    fc.assert(
      fc.property(host, port, (name, number) => {
        const plain = found(mixed, name);
        expect(found(mixed, `${name}:${number}`)).toBe(plain);
        expect(found(mixed, name.toUpperCase())).toBe(plain);
      }),
    );
  });
  it('an exact domain beats every wildcard', () => {
    fc.assert(
      fc.property(host, name => {
        const given = config({ wild: ['*', `*${name.slice(1)}`, `${name}*`], exact: [name] });
        expect(found(given, name)).toBe('exact');
      }),
    );
  });
});
