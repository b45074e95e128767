import { describe, expect, it } from 'vitest';
import type { PathMatcher, Route, RouteMatch } from '../config/route-config';
import type { CallRequest } from '../machine/call';
import { matchesPath, matchRoute } from './match-route';

const origin = { kind: 'default', default: 'test' } as const;
const anyPath: PathMatcher = { kind: 'prefix', value: '/' };
const route = (name: string, match: Partial<RouteMatch>): Route => ({
  name,
  match: { path: anyPath, headers: [], queryParameters: [], ...match },
  action: { kind: 'direct-response', status: 200 },
  origin,
});
const request = (more: Partial<CallRequest> = {}): CallRequest => ({
  method: 'GET',
  authority: 'a.com',
  path: '/',
  scheme: 'http',
  headers: {},
  ...more,
});
const match = (routes: readonly Route[], more: Partial<CallRequest> = {}) =>
  matchRoute({ name: 'v', domains: ['*'], routes, origin }, request(more));
const found = (routes: readonly Route[], more: Partial<CallRequest> = {}) =>
  match(routes, more).route?.name;

describe('path matching', () => {
  it('a prefix is a plain string prefix', () => {
    expect(matchesPath({ kind: 'prefix', value: '/a' }, '/ab')).toBe(true);
    expect(matchesPath({ kind: 'path-prefix', value: '/a' }, '/ab')).toBe(false);
    expect(matchesPath({ kind: 'path-prefix', value: '/a' }, '/a/b')).toBe(true);
  });
  it('a regex must match the whole path', () => {
    expect(matchesPath({ kind: 'regex', value: '/c.*d' }, '/c1d')).toBe(true);
    expect(matchesPath({ kind: 'regex', value: '/c.*d' }, '/c1dx')).toBe(false);
    expect(matchesPath({ kind: 'regex', value: '/c|/d' }, '/dx')).toBe(false);
  });
  it('what RE2 does not take matches nothing', () => {
    expect(matchesPath({ kind: 'regex', value: '(?=x)' }, 'x')).toBe(false);
  });
  it('ignores letter case only when asked', () => {
    expect(matchesPath({ kind: 'exact', value: '/A' }, '/a')).toBe(false);
    expect(matchesPath({ kind: 'exact', value: '/A', ignoreCase: true }, '/a')).toBe(true);
  });
});

describe('route matching', () => {
  it('compares the path without query and takes the first route that fits', () => {
    const routes = [
      route('exact', { path: { kind: 'exact', value: '/a' } }),
      route('rest', { path: anyPath }),
    ];
    expect(found(routes, { path: '/a?x=1' })).toBe('exact');
    expect(found(routes, { path: '/b' })).toBe('rest');
  });
  it('asks for all criteria of a route', () => {
    const value = { kind: 'exact', value: '1' } as const;
    const routes = [
      route('both', {
        headers: [{ name: 'x-v', match: value }],
        queryParameters: [{ name: 'q', match: value }],
      }),
    ];
    expect(found(routes, { path: '/?q=1', headers: { 'x-v': '1' } })).toBe('both');
    expect(found(routes, { path: '/?q=1' })).toBe(undefined);
    expect(found(routes, { path: '/?q=2&q=1', headers: { 'x-v': '1' } })).toBe(undefined);
  });
  it('an absent header fails an inverted match unless it counts as empty', () => {
    const header = { name: 'x-v', match: { kind: 'exact', value: '1' }, invert: true } as const;
    expect(found([route('a', { headers: [header] })])).toBe(undefined);
    expect(found([route('a', { headers: [{ ...header, missingIsEmpty: true }] })])).toBe('a');
  });
  it('presence can be asked and refused', () => {
    const present = { name: 'x-v', match: { kind: 'present' } } as const;
    expect(found([route('a', { headers: [present] })], { headers: { 'x-v': '' } })).toBe('a');
    expect(found([route('a', { headers: [{ ...present, invert: true }] })])).toBe('a');
  });
  it('pseudo headers are headers', () => {
    const header = { name: ':authority', match: { kind: 'prefix', value: 'a.' } } as const;
    expect(found([route('a', { headers: [header] })])).toBe('a');
    expect(found([route('a', { headers: [header] })], { authority: 'b.com' })).toBe(undefined);
  });
  it('no route takes a CONNECT request', () => {
    expect(found([route('a', {})], { method: 'CONNECT' })).toBe(undefined);
  });
  it('tells what each route missed', () => {
    const routes = [route('a', { path: { kind: 'exact', value: '/a' } })];
    expect(match(routes, { path: '/b' }).candidates).toEqual([
      { name: 'a', matched: [], failed: ['path exact `/a`'], origin },
    ]);
  });
});
