import { describe, expect, test } from 'vitest';
import { parseAccessTarget, parseCallTarget } from './parse-target';

describe('parseCallTarget', () => {
  test.each([
    [
      'https://a.example/v1?x=1',
      { to: 'a.example', port: 443, protocol: 'https', path: '/v1?x=1' },
    ],
    ['http://a.example:8080', { to: 'a.example', port: 8080, protocol: 'http' }],
    ['tcp://10.0.0.1:9000', { to: '10.0.0.1', port: 9000, protocol: 'tcp' }],
    ['db.example:5432', { to: 'db.example', port: 5432 }],
    ['[2001:db8::1]:443', { to: '2001:db8::1', port: 443 }],
    ['https://[2001:db8::1]', { to: '2001:db8::1', port: 443, protocol: 'https' }],
    ['https://user:secret@a.example', { to: 'a.example', port: 443, protocol: 'https' }],
  ])('%s', (text, target) => {
    expect(parseCallTarget(text)).toEqual(target);
  });
  test.each([
    'a.example',
    '2001:db8::1',
    'tcp://a.example',
    'a.example:0',
    'a.example:99999',
    ':80',
    'x://a',
  ])('%s is refused', text => {
    expect(() => parseCallTarget(text)).toThrow();
  });
});

describe('parseAccessTarget', () => {
  test.each([
    ['a.example', { host: 'a.example' }],
    ['*.a.example:443/tls', { host: '*.a.example', port: 443, protocol: 'TLS' }],
  ])('%s', (text, target) => {
    expect(parseAccessTarget(text)).toEqual(target);
  });
  test('an unknown protocol is refused', () => {
    expect(() => parseAccessTarget('a.example:1/SCTP')).toThrow(/SCTP/);
  });
});
