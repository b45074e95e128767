import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cidr, parseCidr } from '../../net';
import type { FilterChain, FilterChainMatch } from '../config/filter-chain';
import type { Listener } from '../config/listener';
import type { EnvoyCall } from '../machine/call';
import { chainInput } from './filter-chain-index';
import { matchFilterChain } from './match-filter-chain';
import type { Sniffed } from './sniff';

const origin = { kind: 'default', default: 'test' } as const;
const filter = { kind: 'tcp', clusters: { kind: 'single', name: 'c' } } as const;
const chain = (name: string, match: FilterChainMatch): FilterChain => ({
  name,
  match,
  filter,
  origin,
});
const listenerOf = (chains: readonly FilterChain[], fallback = true): Listener => ({
  name: 'l',
  address: '0.0.0.0',
  port: 443,
  bindToPort: true,
  useOriginalDst: false,
  continueOnListenerFiltersTimeout: true,
  filterChains: chains,
  ...(fallback ? { defaultFilterChain: chain('default', {}) } : {}),
  origin,
});
const range = (text: string): Cidr => {
  const cidr = parseCidr(text);
  if (cidr === undefined) throw new Error(text);
  return cidr;
};
const plain: Sniffed = { transport: 'raw_buffer', applicationProtocols: [] };
const tls = (serverName?: string, ...applicationProtocols: string[]): Sniffed => ({
  transport: 'tls',
  applicationProtocols,
  ...(serverName === undefined ? {} : { serverName }),
});

function chosen(
  chains: readonly FilterChain[],
  sniffed: Sniffed,
  { address = '10.0.0.1', port = 443, fallback = true } = {},
) {
  const call: EnvoyCall = { entry: 'outbound', address, port, protocol: 'tcp' };
  return matchFilterChain(listenerOf(chains, fallback), chainInput(call, sniffed)).chain?.name;
}

describe('filter chain matching', () => {
  it('prefers an exact server name to wildcards, and the longest wildcard', () => {
    const chains = [
      chain('short', { serverNames: ['*.com'] }),
      chain('long', { serverNames: ['*.foo.com'] }),
      chain('exact', { serverNames: ['a.foo.com'] }),
    ];
    expect(chosen(chains, tls('a.foo.com'))).toBe('exact');
    expect(chosen(chains, tls('x.y.foo.com'))).toBe('long');
    expect(chosen(chains, tls('foo.com'))).toBe('short');
    expect(chosen(chains, tls('foo.org'))).toBe('default');
  });
  it('takes the longest prefix and never comes back to a shorter one', () => {
    const chains = [
      chain('wide', { prefixRanges: [range('10.0.0.0/8')], serverNames: ['one'] }),
      chain('narrow', { prefixRanges: [range('10.0.0.1/32')], serverNames: ['two'] }),
    ];
    expect(chosen(chains, tls('two'))).toBe('narrow');
    expect(chosen(chains, tls('one'))).toBe('default');
    expect(chosen(chains, tls('one'), { address: '10.1.0.0' })).toBe('wide');
  });
  it('looks at the destination port first', () => {
    const chains = [
      chain('port', { destinationPort: 443 }),
      chain('name', { serverNames: ['a.com'] }),
    ];
    expect(chosen(chains, tls('a.com'))).toBe('port');
    expect(chosen(chains, tls('a.com'), { port: 80 })).toBe('name');
  });
  it('compares transport before application protocols', () => {
    const chains = [
      chain('http', { transportProtocol: 'raw_buffer', applicationProtocols: ['http/1.1'] }),
      chain('rest', {}),
    ];
    expect(chosen(chains, { ...plain, applicationProtocols: ['http/1.1'] })).toBe('http');
    expect(chosen(chains, { ...plain, applicationProtocols: ['http/1.0'] })).toBe('default');
    expect(chosen(chains, tls(undefined, 'http/1.1'))).toBe('rest');
  });
  it('takes the first offered application protocol that a chain has', () => {
    const chains = [
      chain('h1', { applicationProtocols: ['http/1.1'] }),
      chain('h2', { applicationProtocols: ['h2'] }),
    ];
    expect(chosen(chains, tls('a', 'h2', 'http/1.1'))).toBe('h2');
    expect(chosen(chains, tls('a', 'http/1.1', 'h2'))).toBe('h1');
  });
  it('finds nothing without a default filter chain', () => {
    expect(chosen([chain('a', { serverNames: ['a'] })], plain, { fallback: false })).toBe(
      undefined,
    );
  });
  it('never matches an IPv4 prefix with an IPv6 address', () => {
    const chains = [chain('v4', { prefixRanges: [range('0.0.0.0/0')] })];
    expect(chosen(chains, plain, { address: '2001:db8::1' })).toBe('default');
  });
  it('says which criterion dropped a chain', () => {
    const chains = [chain('a', { serverNames: ['a.com'] }), chain('b', { serverNames: ['b.com'] })];
    const call: EnvoyCall = { entry: 'outbound', address: '10.0.0.1', port: 443, protocol: 'tcp' };
    const { candidates } = matchFilterChain(listenerOf(chains), chainInput(call, tls('b.com')));
    expect(candidates).toMatchObject([
      { name: 'a', failed: ['server name is b.com (this chain: a.com)'] },
    ]);
  });
  it('does not depend on the order of chains with distinct matches', () => {
    const chains = [
      chain('a', { serverNames: ['a.com'] }),
      chain('b', { serverNames: ['*.com'] }),
      chain('c', { prefixRanges: [range('10.0.0.0/8')] }),
      chain('d', { destinationPort: 80 }),
    ];
    const names = fc.constantFrom('a.com', 'x.com', 'x.org');
    fc.assert(
      fc.property(fc.shuffledSubarray(chains, { minLength: 4 }), names, (shuffled, name) => {
        expect(chosen(shuffled, tls(name))).toBe(chosen(chains, tls(name)));
      }),
    );
  });
});
