import { describe, expect, it } from 'vitest';
import { dnsServers, usesIpv6 } from './pod-network';

describe('whether IPv6 rules are written', () => {
  const v4First = ['127.0.0.1/8', '10.1.0.5/24', '::1/128', 'fd00::5/64'];
  it('the first usable address decides', () => {
    expect(usesIpv6(v4First, false)).toBe(false);
    expect(usesIpv6(['::1/128', 'fd00::5/64', '10.1.0.5/24'], false)).toBe(true);
  });
  it('with dual stack one IPv6 address is enough', () => {
    expect(usesIpv6(v4First, true)).toBe(true);
    expect(usesIpv6(['127.0.0.1/8', '10.1.0.5/24', 'fe80::1/64'], true)).toBe(false);
  });
  it('loopback and link-local addresses do not count', () => {
    expect(usesIpv6(['127.0.0.1/8', '169.254.1.1/16', 'fe80::1/64', '::1/128'], true)).toBe(
      undefined,
    );
  });
  it('an IPv4-mapped address counts as IPv4', () => {
    expect(usesIpv6(['::ffff:10.1.0.5/120'], false)).toBe(false);
  });
});

describe('the name servers of resolv.conf', () => {
  it('are normalised, and what is no address is left out', () => {
    expect(
      dnsServers(['10.96.0.10', 'dns.local', '2001:DB8::0053', 'fe80::1%eth0', 'fe80::1%']),
    ).toEqual({ v4: ['10.96.0.10'], v6: ['2001:db8::53', 'fe80::1%eth0'] });
  });
});
