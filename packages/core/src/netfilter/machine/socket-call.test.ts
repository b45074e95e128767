import { describe, expect, it } from 'vitest';
import { type Cidr, type IpAddress, parseCidr, parseIp } from '../../net';
import type { Network } from './network';
import type { LocalPacket } from './packet';
import { startOf } from './socket-call';

function ip(text: string): IpAddress {
  const value = parseIp(text);
  if (value === undefined) throw new Error(text);
  return value;
}
function cidr(text: string): Cidr {
  const value = parseCidr(text);
  if (value === undefined) throw new Error(text);
  return value;
}

const network: Network = {
  interfaces: [
    { name: 'lo', addresses: ['127.0.0.1/8', '::1/128'].map(cidr) },
    { name: 'eth0', addresses: ['10.1.0.5/24', 'fd00:1::5/64'].map(cidr) },
    { name: 'eth1', addresses: ['10.3.0.5/31', '10.3.1.7/32'].map(cidr) },
  ],
  routes: ['0.0.0.0/0', '::/0'].map(text => ({ destination: cidr(text), interface: 'eth0' })),
  localMark: { mark: 1337 },
  forwarding: false,
};

type Change = Partial<Omit<LocalPacket, 'origin' | 'family' | 'destination'>>;

function call(to: string, change: Change = {}) {
  const destination = ip(to);
  const start = startOf(network, {
    origin: 'local',
    family: to.includes(':') ? 6 : 4,
    protocol: 'tcp',
    port: 80,
    destination,
    ...change,
  });
  if ('error' in start) return start.error;
  return `${start.source} > ${start.packet.destination} ${start.oif}`;
}

/** Measured with Linux 6.18; the kernel's functions are named where they are imitated. */
describe('a socket call', () => {
  it.each([
    ['10.1.0.255', 'ENETUNREACH', 'EACCES'],
    ['127.255.255.255', 'ENETUNREACH', 'EACCES'],
    ['255.255.255.255', 'ENETUNREACH', 'EACCES'],
    ['224.0.0.1', 'ENETUNREACH', '10.1.0.5 > 224.0.0.1 eth0'],
    ['ff0e::1', 'ENETUNREACH', 'fd00:1::5 > ff0e::1 eth0'],
    ['fe80::1', 'EINVAL', 'fd00:1::5 > fe80::1 eth0'],
  ])('to %s, which is no single host or names no interface', (to, tcp, udp) => {
    expect([call(to), call(to, { protocol: 'udp' })]).toEqual([tcp, udp]);
  });

  it('goes to the neighbours of a broadcast address, and to the last address of a /31 and a /32', () => {
    expect(call('10.1.0.254')).toBe('10.1.0.5 > 10.1.0.254 eth0');
    expect(call('10.1.1.255')).toBe('10.1.0.5 > 10.1.1.255 eth0');
    expect(call('10.3.0.5')).toBe('10.3.0.5 > 10.3.0.5 lo');
    expect(call('10.3.1.7')).toBe('10.3.1.7 > 10.3.1.7 lo');
    expect(call('223.255.255.255')).toBe('10.1.0.5 > 223.255.255.255 eth0');
    expect(call('fe80::1', { boundInterface: 'eth0' })).toBe('fd00:1::5 > fe80::1 eth0');
  });

  it('finds the broadcast address of a subnet before the route of a mark', () => {
    expect(call('10.1.0.255', { mark: 1337, protocol: 'udp' })).toBe('EACCES');
    expect(call('10.1.0.254', { mark: 1337, protocol: 'udp' })).toBe('10.1.0.254 > 10.1.0.254 lo');
    expect(call('255.255.255.255', { mark: 1337 })).toBe('EINVAL');
    expect(call('224.0.0.1', { mark: 1337 })).toBe('EINVAL');
  });

  it('leaves by the interface of its source when it goes to all hosts or to a group', () => {
    const bound = { boundSource: ip('127.0.0.6') };
    expect(call('255.255.255.255', bound)).toBe('ENETUNREACH');
    expect(call('224.0.0.1', { ...bound, protocol: 'udp' })).toBe('127.0.0.6 > 224.0.0.1 lo');
    expect(call('198.51.100.7', bound)).toBe('EINVAL');
  });

  it('to no address goes to its own source, else to loopback', () => {
    expect(call('0.0.0.0')).toBe('127.0.0.1 > 127.0.0.1 lo');
    expect(call('0.0.0.0', { boundSource: ip('10.1.0.5') })).toBe('10.1.0.5 > 10.1.0.5 lo');
    expect(call('::')).toBe('::1 > ::1 lo');
    expect(call('::', { boundSource: ip('fd00:1::5') })).toBe('fd00:1::5 > ::1 lo');
  });

  it('to an IPv4 address in IPv6 text speaks IPv4', () => {
    expect(call('::ffff:198.51.100.7')).toBe('10.1.0.5 > 198.51.100.7 eth0');
    expect(call('::ffff:198.51.100.7', { boundSource: ip('fd00:1::5') })).toBe('ENETUNREACH');
    const bound = { boundSource: ip('::ffff:10.1.0.5') };
    expect(call('::ffff:198.51.100.7', bound)).toBe('10.1.0.5 > 198.51.100.7 eth0');
  });
});
