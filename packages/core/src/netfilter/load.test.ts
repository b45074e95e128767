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
  ])('refuses %s', (_, rule) => {
    expect(restore(rule)).toMatchObject({ kind: 'refused', line: 3 });
  });

  it('leaves names to the image', () => {
    expect(restore('-A USER -m owner --uid-owner istio-proxy -j RETURN')).toMatchObject({
      kind: 'depends-on-image',
      names: ['istio-proxy'],
    });
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
  ])('refuses %s', (_, rule) => {
    expect(script(rule).kind).toBe('refused');
  });

  it('reads the whole text before the kernel sees any of it', () => {
    expect(script('counter jump nowhere', 'tcp dport * counter return')).toMatchObject({ line: 4 });
  });
});
