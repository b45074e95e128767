import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cidr, parseCidr } from '../net';
import { loadIptables } from './iptables/load';
import { renderIptables } from './iptables/render';
import type { LoadResult } from './load-result';
import type { Chain, Match, Rule, Table, TableName, Target } from './model';
import { loadNft } from './nftables/load';
import { renderNft } from './nftables/render';

const lines = (text: string) => text.split('\n').map(line => ({ text: line }));

/** Tables without the text of their rules, which each tool writes its own way. */
function shape(result: LoadResult) {
  if (result.kind !== 'loaded') return result;
  return result.tables.map(table => ({
    ...table,
    chains: table.chains.map(chain => ({
      ...chain,
      rules: chain.rules.map(({ matches, target }) => ({ matches, target })),
    })),
  }));
}

const cidr: fc.Arbitrary<Cidr> = fc
  .tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 }))
  .map(([ip, length]) => parseCidr(`${ip}/${length}`))
  .filter(value => value !== undefined);
const port = fc.integer({ min: 0, max: 65535 });
const portRange = fc
  .tuple(port, port)
  .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
const id = fc.integer({ min: 0, max: 0xfffffffe }).map(value => ({ from: value, to: value }));
const negated = fc.boolean();
const name = fc.stringMatching(/^[a-z][a-z0-9_.-]{0,14}$/);

const address: fc.Arbitrary<Match> = fc
  .record({
    kind: fc.constantFrom('source' as const, 'destination' as const),
    cidr,
    negated,
  })
  .filter(({ cidr, negated }) => !negated || cidr.length > 0);
const device: fc.Arbitrary<Match> = fc.record({
  kind: fc.constantFrom('in-interface' as const, 'out-interface' as const),
  name,
  negated,
});
const owner: fc.Arbitrary<Match> = fc.record({
  kind: fc.constantFrom('owner-uid' as const, 'owner-gid' as const),
  ranges: id.map(value => [value]),
  negated,
});
const single: fc.Arbitrary<Match> = fc.record({
  kind: fc.constantFrom('source-port' as const, 'destination-port' as const),
  ranges: portRange.map(value => [value]),
  multiport: fc.constant(false),
  negated,
});
const tcp: Match = { kind: 'protocol', protocol: 'tcp', negated: false };

const jumps: readonly Target[] = [
  { kind: 'ACCEPT' },
  { kind: 'RETURN' },
  { kind: 'jump', chain: 'OTHER' },
  { kind: 'REDIRECT', port: 15001 },
  { kind: 'MARK', value: 1338, mask: 0xffffffff },
  { kind: 'CONNMARK', action: 'save' },
  { kind: 'CONNMARK', action: 'restore' },
  { kind: 'REDIRECT', port: 8000, lastPort: 8010 },
];
const rule = (matches: fc.Arbitrary<readonly Match[]>): fc.Arbitrary<Rule> =>
  fc.record({ matches, target: fc.constantFrom(...jumps), text: fc.constant('') });

const builtIn: readonly Chain[] = (['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'] as const).map(
  hook => ({
    name: hook,
    base: {
      hook,
      priority: hook === 'INPUT' || hook === 'POSTROUTING' ? 100 : -100,
      policy: 'ACCEPT',
    },
    rules: [],
  }),
);

describe('rendering and reading back', () => {
  it('iptables-save text is read as the tables it came from', () => {
    const some = rule(
      fc
        .uniqueArray(fc.oneof(address, device, owner, single), {
          maxLength: 4,
          selector: ({ kind }) => kind,
        })
        .map(list => [tcp, ...list]),
    );
    fc.assert(
      fc.property(fc.array(some, { maxLength: 12 }), rules => {
        const table: Table = {
          name: 'nat',
          kind: 'nat',
          chains: [...builtIn, { name: 'USER', rules }, { name: 'OTHER', rules: [] }],
        };
        expect(shape(loadIptables(lines(renderIptables([table])), 4))).toEqual(
          shape({ kind: 'loaded', tables: [table] }),
        );
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('an nft script is read as the tables it came from', () => {
    const v4: Match = { kind: 'family', family: 4 };
    const some = rule(
      fc
        .tuple(
          fc.array(fc.oneof(device, owner), { maxLength: 3 }),
          fc.array(single, { maxLength: 2 }),
          fc.array(address, { maxLength: 1 }),
        )
        .map(([plain, ports, addresses]) => [
          tcp,
          ...plain,
          ...ports,
          ...(addresses.length === 0 ? [] : [v4, ...addresses]),
        ]),
    );
    const base: Chain = {
      name: 'output',
      base: { hook: 'OUTPUT', priority: -100, policy: 'ACCEPT' },
      rules: [],
    };
    fc.assert(
      fc.property(fc.array(some, { maxLength: 12 }), rules => {
        const table: Table = {
          name: 'proxy-nat',
          kind: 'nat' as TableName,
          chains: [base, { name: 'USER', rules }, { name: 'OTHER', rules: [] }],
        };
        expect(shape(loadNft(lines(renderNft([table]))))).toEqual(
          shape({ kind: 'loaded', tables: [table] }),
        );
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});
