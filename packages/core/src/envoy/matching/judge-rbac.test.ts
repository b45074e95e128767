import { describe, expect, it } from 'vitest';
import { parseCidr } from '../../net';
import type { NetworkRbac, RbacCondition } from '../config/rbac';
import type { EnvoyCall } from '../machine/call';
import { judgeRbac } from './judge-rbac';

const origin = { kind: 'default', default: 'test' } as const;
const any: RbacCondition = { kind: 'any' };
const rbac = (
  action: 'ALLOW' | 'DENY',
  permission: RbacCondition,
  principal: RbacCondition = any,
): NetworkRbac => ({
  kind: 'network-rbac',
  name: 'test',
  action,
  policies: [{ name: 'p', permission, principal, origin }],
  origin,
});
const call: EnvoyCall = { entry: 'inbound', address: '10.0.0.1', port: 80, protocol: 'tcp' };
const verdict = (filter: NetworkRbac, more: Partial<EnvoyCall> = {}) =>
  judgeRbac(filter, { ...call, ...more }).kind;
const port = (number: number): RbacCondition => ({ kind: 'destination-port', port: number });

describe('RBAC', () => {
  it('ALLOW denies what no policy matches', () => {
    expect(verdict(rbac('ALLOW', port(80)))).toBe('allowed');
    expect(verdict(rbac('ALLOW', port(81)))).toBe('denied');
  });
  it('DENY allows what no policy matches', () => {
    expect(verdict(rbac('DENY', port(80)))).toBe('denied');
    expect(verdict(rbac('DENY', port(81)))).toBe('allowed');
  });
  it('combines conditions', () => {
    const both: RbacCondition = { kind: 'all-of', conditions: [port(80), any] };
    const either: RbacCondition = { kind: 'one-of', conditions: [port(81), port(80)] };
    const none: RbacCondition = { kind: 'not', condition: port(80) };
    expect([both, either, none].map(item => verdict(rbac('ALLOW', item)))).toEqual([
      'allowed',
      'allowed',
      'denied',
    ]);
  });
  it('a client without certificate has no principal', () => {
    const principal: RbacCondition = {
      kind: 'principal',
      match: { kind: 'suffix', value: '/web' },
    };
    const certificate = { name: 'default', principal: 'spiffe://c/ns/a/sa/web' };
    expect(verdict(rbac('ALLOW', any, principal))).toBe('denied');
    expect(verdict(rbac('ALLOW', any, principal), { tls: { alpn: [], certificate } })).toBe(
      'allowed',
    );
  });
  it('what the call does not say leaves the verdict open, unless it does not matter', () => {
    const range = parseCidr('10.0.0.0/8');
    if (range === undefined) throw new Error('range');
    const source: RbacCondition = { kind: 'source-ip', of: 'direct', range };
    expect(verdict(rbac('DENY', any, source))).toBe('unknown');
    expect(verdict(rbac('DENY', port(81), source))).toBe('allowed');
    expect(verdict(rbac('DENY', any, source), { sourceAddress: '10.1.1.1' })).toBe('denied');
  });
});
