import { describe, expect, it } from 'vitest';
import { loadIptables } from './iptables/load';
import { loadNft } from './nftables/load';

const restore = (...rules: readonly string[]) =>
  loadIptables(
    ['* nat', '-N USER', ...rules, 'COMMIT'].map(text => ({ text })),
    4,
  );
const script = (...rules: readonly string[]) =>
  loadNft(
    [
      'add table inet t',
      'add chain inet t user',
      ...rules.map(rule => `add rule inet t user ${rule}`),
    ].map(text => ({ text })),
  );

describe('what iptables-restore takes', () => {
  it.each([
    ['a range with a colon', '-A USER -p tcp --dport 8000:8010 -j RETURN'],
    [
      'fifteen ports of multiport',
      `-A USER -p tcp -m multiport --dports ${'1,'.repeat(14)}1 -j RETURN`,
    ],
    ['an interface name of fifteen letters', '-A USER -i abcdefghijklmno -j RETURN'],
    ['an interface wildcard', '-A USER -i veth+ -j RETURN'],
    ['an octal port', '-A USER -p tcp --dport 0777 -j RETURN'],
    ['a port with a plus sign', '-A USER -p tcp --dport +80 -j RETURN'],
    ['a decimal port with leading zeros for UDP', '-A USER -p udp --dport 08080 -j RETURN'],
    ['a range of ports to redirect to', '-A USER -p tcp -j REDIRECT --to-ports 8000-8010'],
    ['an owner range with a colon', '-A USER -m owner --uid-owner 3:5 -j RETURN'],
    [
      'a UDP port below zero that comes round to one',
      '-A USER -p udp --dport -4294967216 -j RETURN',
    ],
    ['a UDP port of minus zero', '-A USER -p udp --dport -0 -j RETURN'],
    ['a smuggled owner', '-A USER -p tcp --dport 443 -m owner --uid-owner 0 -j RETURN'],
    ['a name in double quotes', '-A USER -i "eth0" -j RETURN'],
    ['the owner where packets leave', '-A OUTPUT -m owner --uid-owner 1 -j RETURN'],
  ])('%s', (_, rule) => {
    expect(restore(rule).kind).toBe('loaded');
  });

  it.each([
    ['a range with a dash', '-A USER -p tcp --dport 8000-8010 -j RETURN'],
    [
      'sixteen ports of multiport',
      `-A USER -p tcp -m multiport --dports ${'1,'.repeat(15)}1 -j RETURN`,
    ],
    ['an interface name of sixteen letters', '-A USER -i abcdefghijklmnop -j RETURN'],
    ['a port with a digit that is not octal', '-A USER -p tcp --dport 08080 -j RETURN'],
    ['a port beyond 65535', '-A USER -p tcp --dport 65536 -j RETURN'],
    ['a second jump', '-A USER -j RETURN -j ACCEPT'],
    ['a chain that does not exist', '-A USER -j NOWHERE'],
    ['a second protocol', '-A USER -p tcp -p udp -j RETURN'],
    ['a second port', '-A USER -p tcp --dport 1 --dport 2 -j RETURN'],
    ['a port without a protocol', '-A USER --dport 80 -j RETURN'],
    ['an owner without its extension', '-A USER --uid-owner 0 -j RETURN'],
    ['a port of minus zero', '-A USER -p tcp --dport -0 -j RETURN'],
    ['a redirect to minus zero', '-A USER -p tcp -j REDIRECT --to-ports -0'],
    ['an owner of minus zero', '-A USER -m owner --uid-owner -0 -j RETURN'],
    ['an owner range of three', '-A USER -m owner --uid-owner 3:5-7 -j RETURN'],
    ['an owner range without an end', '-A USER -m owner --uid-owner 3: -j RETURN'],
    ['a UDP port that is a word with a dash', '-A USER -p udp --dport -x -j RETURN'],
    ['a UDP port below zero', '-A USER -p udp --dport -1 -j RETURN'],
    ['a UDP port that no 64 bits hold', '-A USER -p udp --dport -18446744073709551616 -j RETURN'],
    ['a hexadecimal port for UDP', '-A USER -p udp --dport 0x50 -j RETURN'],
    ['a bare word', '-A USER -p tcp --dport 80 90 -j RETURN'],
    ['the outgoing interface of what comes in', '-A PREROUTING -o eth0 -j RETURN'],
    ['the owner of what comes in', '-A PREROUTING -m owner --uid-owner 1 -j RETURN'],
    ['an owner range upside down', '-A USER -m owner --uid-owner 5-3 -j RETURN'],
    ['the id that stands for nobody', '-A USER -m owner --uid-owner 4294967295 -j RETURN'],
    ['a redirect of what leaves', '-A POSTROUTING -p tcp -j REDIRECT --to-ports 1'],
    ['dropping in nat', '-A USER -j DROP'],
    ['an address condition that never holds', '-A USER ! -d 0.0.0.0/0 -j RETURN'],
  ])('refuses %s', (_, rule) => {
    expect(restore(rule)).toMatchObject({ kind: 'refused', line: 3 });
  });

  it('reads both spellings of an owner range, and a UDP port as getaddrinfo does', () => {
    const matches = (rule: string) => {
      const result = restore(rule);
      const chains = result.kind === 'loaded' ? result.tables[0]?.chains : undefined;
      return chains?.find(({ name }) => name === 'USER')?.rules[0]?.matches.at(-1);
    };
    for (const range of ['3:5', '3-5']) {
      expect(matches(`-A USER -m owner --uid-owner ${range} -j RETURN`)).toMatchObject({
        ranges: [{ from: 3, to: 5 }],
      });
    }
    expect(matches('-A USER -p udp --dport -4294967216 -j RETURN')).toMatchObject({
      ranges: [{ from: 80, to: 80 }],
    });
  });

  it('leaves names to the image', () => {
    expect(restore('-A USER -m owner --uid-owner istio-proxy -j RETURN')).toMatchObject({
      kind: 'depends-on-image',
      names: ['istio-proxy'],
    });
  });

  it('refuses what is wrong beside a name all the same', () => {
    expect(restore('-A USER -p tcp --dport http 443 -j RETURN').kind).toBe('refused');
  });

  it('follows jumps: the owner is unknown in a chain that PREROUTING calls', () => {
    const owner = '-A USER -m owner --uid-owner 1 -j RETURN';
    expect(restore(owner, '-A OUTPUT -j USER').kind).toBe('loaded');
    expect(restore(owner, '-A PREROUTING -j USER')).toMatchObject({ kind: 'refused', line: 3 });
  });

  it('refuses a loop that a base chain leads into', () => {
    expect(restore('-A USER -j USER').kind).toBe('loaded');
    expect(restore('-A USER -j USER', '-A OUTPUT -j USER').kind).toBe('refused');
  });

  it('reads a leading zero as octal for TCP and as decimal for UDP', () => {
    const ports = (protocol: string) => {
      const result = restore(`-A USER -p ${protocol} --dport 010 -j RETURN`);
      const user = result.kind === 'loaded' ? result.tables[0]?.chains.at(-1) : undefined;
      return user?.rules[0]?.matches.find(match => match.kind === 'destination-port');
    };
    expect(ports('tcp')).toMatchObject({ ranges: [{ from: 8, to: 8 }] });
    expect(ports('udp')).toMatchObject({ ranges: [{ from: 10, to: 10 }] });
  });

  it('puts an inserted rule where it says', () => {
    const result = restore('-A USER -j ACCEPT', '-I USER 1 -p tcp -j RETURN');
    const user =
      result.kind === 'loaded'
        ? result.tables[0]?.chains.find(chain => chain.name === 'USER')
        : undefined;
    expect(user?.rules.map(rule => rule.target.kind)).toEqual(['RETURN', 'ACCEPT']);
  });
});

describe('what nft takes', () => {
  it.each([
    ['a range with a dash', 'tcp dport 8000-8010 counter return'],
    ['a port with leading zeros', 'tcp dport 08080 counter return'],
    ['a hexadecimal port', 'tcp dport 0X1F counter return'],
    ['a comment in the middle', 'tcp dport 80 # counter return'],
    ['a name in quotes', 'iifname "eth 0" counter return'],
    ['an interface wildcard', 'iifname veth* counter return'],
    ['a word of the language that may be a name', 'iifname ip counter return'],
    ['a smuggled owner', 'tcp dport 443 skuid 0 counter return'],
    ['a mark with a prefix', 'mark 0x5/8 counter return'],
    [
      '63 groups',
      `${Array.from({ length: 63 }, (_, i) => `skgid != ${i}`).join(' ')} counter return`,
    ],
  ])('%s', (_, rule) => {
    expect(script(rule).kind).toBe('loaded');
  });

  it.each([
    ['a range with a colon', 'tcp dport 8000:8010 counter return'],
    ['an interface wildcard of iptables', 'iifname veth+ counter return'],
    [
      '64 groups',
      `${Array.from({ length: 64 }, (_, i) => `skgid != ${i}`).join(' ')} counter return`,
    ],
    ['a chain that does not exist', 'counter jump nowhere'],
    ['a list without braces', 'tcp dport 80,90 counter return'],
    ['a word after a number', 'tcp dport 1e3 counter return'],
    ['a reserved word as a name', 'iifname limit counter return'],
    ['a protocol as a name', 'iifname tcp counter return'],
    ['a statement after a verdict', 'tcp dport 443 accept counter return'],
    ['two protocols', 'tcp dport 443 udp dport 53 counter return'],
    ['a range upside down', 'tcp dport 8010-8000 counter return'],
    ['a name of sixteen bytes', 'iifname abcdefghijklmnop counter return'],
    ['a mark with a mask to set', 'counter meta mark set 0x1/0x1'],
    ['a range for tproxy', 'meta l4proto tcp tproxy ip to :1-1 meta mark set 1 accept'],
  ])('refuses %s', (_, rule) => {
    expect(script(rule).kind).toBe('refused');
  });

  it.each([
    ['a comparison', 'tcp dport <80 counter return'],
    ['an explicit equality', 'tcp dport == 80 counter return'],
    ['bits of two ports', 'tcp dport 80|81 counter return'],
    ['parentheses', 'tcp dport (80) counter return'],
    ['bits of a name', 'iifname eth&0 counter return'],
    ['a range of marks', 'mark 1337-1338 counter return'],
  ])('says of %s that it is not modelled', (_, rule) => {
    expect(script(rule).kind).toBe('depends-on-image');
    expect(script(rule, 'tcp dport 80,90 counter return').kind).toBe('refused');
  });

  it('keeps the place of a rule that is not modelled', () => {
    const text = (at: number) => [
      'add table inet t',
      'add chain inet t user',
      'add rule inet t user tcp dport <80 return',
      'add rule inet t user return',
      `insert rule inet t user index ${at} accept`,
    ];
    const kind = (at: number) => loadNft(text(at).map(line => ({ text: line }))).kind;
    expect([kind(1), kind(2)]).toEqual(['depends-on-image', 'refused']);
  });

  it.each([
    ['a lone equals sign', 'tcp dport =80 counter return'],
    ['a complement', 'tcp dport ~80 counter return'],
    ['a negation in place of a value', 'tcp dport !80 counter return'],
    ['a range of marks to set', 'meta mark set 1337-1338'],
  ])('refuses %s', (_, rule) => {
    expect(script(rule).kind).toBe('refused');
  });

  it('reads the whole text before the kernel sees any of it', () => {
    expect(script('counter jump nowhere', 'tcp dport * counter return')).toMatchObject({ line: 4 });
  });
});
