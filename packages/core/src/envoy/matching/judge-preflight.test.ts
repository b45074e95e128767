import { describe, expect, it } from 'vitest';
import type { CallRequest } from '../machine/call';
import { judgePreflight } from './judge-preflight';

const policy = {
  allowOrigins: [{ kind: 'exact', value: 'https://shop.example' }],
  forwardNotMatchingPreflights: true,
} as const;
const preflight: CallRequest = {
  method: 'OPTIONS',
  authority: 'api.example',
  path: '/',
  scheme: 'https',
  headers: { origin: 'https://shop.example', 'access-control-request-method': 'PUT' },
};
const from = (origin: string) => ({ ...preflight, headers: { ...preflight.headers, origin } });

describe('a preflight', () => {
  it('is answered when its origin is allowed', () => {
    expect(judgePreflight(policy, preflight)).toBe('allowed');
  });
  it.each([
    ['another scheme', 'http://shop.example'],
    ['a longer host', 'https://shop.example.org'],
    ['another case', 'https://Shop.example'],
  ])('goes on when its origin has %s', (_, origin) => {
    expect(judgePreflight(policy, from(origin))).toBe('forwarded');
  });
  it('is answered without allowing it when others are not to go on', () => {
    const strict = { ...policy, forwardNotMatchingPreflights: false };
    expect(judgePreflight(strict, from('https://other.example'))).toBe('not-allowed');
  });
  it.each([
    ['prefix', 'https://shop'],
    ['regex', 'https://[a-z]+\\.example'],
    ['exact', '*'],
    ['regex', '.*'],
  ] as const)('is answered by a %s that takes its origin', (kind, value) => {
    const one = { ...policy, allowOrigins: [{ kind, value }] };
    expect(judgePreflight(one, preflight)).toBe('allowed');
  });
  it('is none of another method, without origin or without the method asked for', () => {
    expect(judgePreflight(policy, { ...preflight, method: 'GET' })).toBe('none');
    expect(judgePreflight(policy, from(''))).toBe('none');
    const { origin } = preflight.headers;
    expect(judgePreflight(policy, { ...preflight, headers: { origin: origin ?? '' } })).toBe(
      'none',
    );
  });
});
