import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cidr, type IpAddress, parseCidr, parseIp } from '../../net';
import { loadIptables } from '../iptables/load';
import type { Ruleset } from '../model';
import type { Network } from './network';
import type { LocalPacket, Packet } from './packet';
import { traverse } from './traverse';

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
    { name: 'lo', addresses: [cidr('127.0.0.1/8')] },
    { name: 'eth0', addresses: [cidr('10.1.0.5/24')] },
  ],
  routes: [{ destination: cidr('0.0.0.0/0'), interface: 'eth0' }],
  forwarding: false,
};

function rules(text: string): Ruleset {
  const result = loadIptables(
    text
      .trim()
      .split('\n')
      .map(line => ({ text: line })),
    4,
  );
  if (result.kind !== 'loaded') throw new Error(JSON.stringify(result));
  return { backend: 'iptables', v4: result.tables, v6: [] };
}

const redirecting = (...exceptions: readonly string[]) =>
  rules(
    [
      '* nat',
      ...exceptions.map(rule => `-A OUTPUT ${rule}`),
      '-A OUTPUT -p tcp -j REDIRECT --to-ports 15001',
      '-A PREROUTING -p tcp -j REDIRECT --to-ports 15006',
      'COMMIT',
    ].join('\n'),
  );

const call = (change: Partial<LocalPacket> = {}): Packet => ({
  origin: 'local',
  family: 4,
  protocol: 'tcp',
  destination: ip('192.0.2.1'),
  port: 443,
  owner: { uid: 1000, gid: 1000 },
  ...change,
});

describe('traverse', () => {
  it('redirects in OUTPUT to 127.0.0.1 and keeps the source', () => {
    const { final } = traverse(redirecting(), network, call());
    expect(final).toEqual({
      kind: 'redirect',
      port: 15001,
      destination: '127.0.0.1',
      source: '10.1.0.5',
      iif: 'lo',
    });
  });

  it('redirects in PREROUTING to the address of the interface', () => {
    const packet: Packet = {
      origin: 'incoming',
      family: 4,
      protocol: 'tcp',
      source: ip('10.2.0.9'),
      destination: ip('10.1.0.5'),
      port: 80,
      interface: 'eth0',
    };
    expect(traverse(redirecting(), network, packet).final).toMatchObject({
      kind: 'redirect',
      port: 15006,
      destination: '10.1.0.5',
    });
  });

  it('asks nat once: not again on lo', () => {
    const { hooks } = traverse(redirecting(), network, call());
    expect(hooks.map(({ hook, nat }) => [hook, nat])).toEqual([
      ['OUTPUT', true],
      ['POSTROUTING', true],
      ['PREROUTING', false],
      ['INPUT', false],
    ]);
  });

  it('does not ask nat for a connection that it decided before', () => {
    const { final } = traverse(
      redirecting(),
      network,
      call({ state: { ctstate: 'NEW', natDecided: true } }),
    );
    expect(final.kind).toBe('out');
  });

  it('never sends an INVALID packet to nat', () => {
    expect(
      traverse(redirecting(), network, call({ state: { ctstate: 'INVALID' } })).final.kind,
    ).toBe('out');
  });

  it('matches the owner of the socket, and a negated owner also where there is no socket', () => {
    const set = redirecting('-m owner ! --uid-owner 1337 -j RETURN');
    expect(traverse(set, network, call()).final.kind).toBe('out');
    expect(traverse(set, network, call({ owner: { uid: 1337, gid: 1337 } })).final.kind).toBe(
      'redirect',
    );
    const { owner: _, ...without } = call() as LocalPacket;
    expect(traverse(set, network, without).final.kind).toBe('out');
  });

  it('lets UDP fall off a rule for TCP', () => {
    expect(traverse(redirecting(), network, call({ protocol: 'udp' })).final.kind).toBe('out');
  });

  it('sends nothing from 127.0.0.6 to an address that is not local', () => {
    expect(traverse(redirecting(), network, call({ boundSource: ip('127.0.0.6') })).final).toEqual({
      kind: 'no-packet',
      error: 'EINVAL',
    });
  });

  it('says which condition of a rule did not hold', () => {
    const { hooks } = traverse(redirecting('-d 10.0.0.0/8 -p tcp -j RETURN'), network, call());
    expect(hooks[0]?.rules[0]).toMatchObject({
      number: 1,
      matched: false,
      failed: { kind: 'destination' },
    });
  });

  it('leaves one chain with RETURN and goes on after the jump at its end', () => {
    const set = rules(
      [
        '* nat',
        '-N A',
        '-N B',
        '-A OUTPUT -p tcp -j A',
        '-A A -j B',
        '-A B -j RETURN',
        '-A B -p tcp -j REDIRECT --to-ports 1',
        '-A A -p tcp -j REDIRECT --to-ports 2',
        'COMMIT',
      ].join('\n'),
    );
    expect(traverse(set, network, call()).final).toMatchObject({ kind: 'redirect', port: 2 });
  });

  it('shows later tables of OUTPUT the new address with the old interface, and POSTROUTING lo', () => {
    const set = rules(
      [
        '* nat',
        '-A OUTPUT -p tcp -j REDIRECT --to-ports 15001',
        'COMMIT',
        '* filter',
        '-A OUTPUT -o eth0 -d 127.0.0.1/32 -j ACCEPT',
        'COMMIT',
      ].join('\n'),
    );
    const { hooks } = traverse(set, network, call());
    expect(hooks[0]?.rules.at(-1)).toMatchObject({ table: 'filter', matched: true });
    expect(hooks[1]).toMatchObject({ hook: 'POSTROUTING', oif: 'lo' });
  });

  it('delivers a marked packet to the pod where the policy rule says so', () => {
    const set = rules(
      [
        '* mangle',
        '-A PREROUTING -p tcp -j TPROXY --on-port 15006 --tproxy-mark 1337/0xffffffff',
        'COMMIT',
      ].join('\n'),
    );
    const packet: Packet = {
      origin: 'incoming',
      family: 4,
      protocol: 'tcp',
      source: ip('10.2.0.9'),
      destination: ip('192.0.2.1'),
      port: 80,
      interface: 'eth0',
    };
    const kind = (tables: Network) => traverse(set, tables, packet).final;
    expect(kind({ ...network, localMark: { mark: 1337 } })).toMatchObject({
      kind: 'tproxy',
      port: 15006,
      destination: '192.0.2.1',
    });
    expect(kind(network)).toMatchObject({ kind: 'drop-routing', after: 'PREROUTING' });
  });

  it('forwards to a foreign address only with ip_forward', () => {
    const packet: Packet = {
      origin: 'incoming',
      family: 4,
      protocol: 'tcp',
      source: ip('10.2.0.9'),
      destination: ip('192.0.2.1'),
      port: 80,
      interface: 'eth0',
    };
    const none: Ruleset = { backend: 'iptables', v4: [], v6: [] };
    expect(traverse(none, network, packet).final.kind).toBe('drop-routing');
    expect(traverse(none, { ...network, forwarding: true }, packet).final.kind).toBe('out');
  });

  it('does not connect from a foreign address that only a mark made local, but sends a datagram', () => {
    const marked = { ...network, localMark: { mark: 1337 } };
    const none: Ruleset = { backend: 'iptables', v4: [], v6: [] };
    expect(traverse(none, marked, call({ mark: 1337 })).final).toEqual({
      kind: 'no-packet',
      error: 'ENETUNREACH',
    });
    expect(traverse(none, marked, call({ mark: 1337, protocol: 'udp' })).final).toMatchObject({
      kind: 'local',
      source: '192.0.2.1',
    });
  });

  it('drops what no longer belongs to a connection before nat sees it', () => {
    const set = rules(
      [
        '* mangle',
        '-A PREROUTING -m conntrack --ctstate INVALID -j DROP',
        'COMMIT',
        '* nat',
        '-A PREROUTING -p tcp -j REDIRECT --to-ports 15006',
        'COMMIT',
      ].join('\n'),
    );
    const lost: Packet = {
      origin: 'incoming',
      family: 4,
      protocol: 'tcp',
      source: ip('10.2.0.9'),
      destination: ip('10.1.0.5'),
      port: 80,
      interface: 'eth0',
      state: { ctstate: 'INVALID' },
    };
    expect(traverse(set, network, lost).final).toMatchObject({
      kind: 'dropped',
      hook: 'PREROUTING',
    });
    expect(traverse(set, network, { ...lost, state: { ctstate: 'NEW' } }).final.kind).toBe(
      'redirect',
    );
  });

  it('takes a negated owner without a socket in iptables, not in nft', () => {
    const { v4 } = redirecting('-m owner ! --uid-owner 1337 -j RETURN');
    const { owner: _, ...without } = call() as LocalPacket;
    const kind = (backend: Ruleset['backend']) =>
      traverse({ backend, v4: [...v4], v6: [] }, network, without).final.kind;
    expect(kind('iptables')).toBe('out');
    expect(kind('nftables')).toBe('redirect');
  });

  it('ends, and says the same of the same packet, whatever the rules', () => {
    const options = [
      '-d 10.0.0.0/8',
      '-o lo',
      '-m owner --uid-owner 1337',
      '--dport 443',
      '-s 127.0.0.6/32',
      '-m mark --mark 1',
    ];
    const rule = fc
      .tuple(
        fc.subarray(options),
        fc.constantFrom('RETURN', 'ACCEPT', 'OTHER', 'REDIRECT --to-ports 1'),
      )
      .map(([matches, target]) => `-p tcp ${matches.join(' ')} -j ${target}`);
    fc.assert(
      fc.property(
        fc.array(rule, { maxLength: 8 }),
        fc.array(rule, { maxLength: 8 }),
        fc.nat({ max: 65535 }),
        (output, user, port) => {
          const set = rules(
            [
              '* nat',
              '-N USER',
              '-N OTHER',
              '-A OUTPUT -p tcp -j USER',
              ...output.map(text => `-A OUTPUT ${text}`),
              ...user.map(text => `-A USER ${text}`),
              'COMMIT',
            ].join('\n'),
          );
          const packet = call({ port });
          const walk = traverse(set, network, packet);
          expect(traverse(set, network, packet)).toEqual(walk);
          expect(walk.hooks.length).toBeLessThanOrEqual(4);
        },
      ),
      { seed: 3, numRuns: 150 },
    );
  });

  it('never captures more when a port is excluded in front', () => {
    fc.assert(
      fc.property(fc.nat({ max: 65535 }), fc.nat({ max: 65535 }), (excluded, port) => {
        const before = traverse(redirecting(), network, call({ port })).final.kind;
        const after = traverse(
          redirecting(`-p tcp --dport ${excluded} -j RETURN`),
          network,
          call({ port }),
        ).final.kind;
        expect(after === before || (after === 'out' && excluded === port)).toBe(true);
      }),
      { seed: 5 },
    );
  });
});
