import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Measured, predict, rulesetOf } from './predict';
import { type BedRuleset, randomJob } from './random-job';
import { randomSource } from './random-source';

/** Why the real kernel cannot be asked here; `undefined` when it can. */
function obstacle(): string | undefined {
  if (process.getuid?.() !== 0) return 'not root';
  for (const tool of ['python3', 'ip', 'iptables-restore', 'ip6tables-restore', 'nft']) {
    if (spawnSync('which', [tool]).status !== 0) return `${tool} is not installed`;
  }
  const name = 'sidetrace-probe';
  if (spawnSync('ip', ['netns', 'add', name]).status !== 0)
    return 'network namespaces are not allowed';
  const loaded = spawnSync('ip', [
    'netns',
    'exec',
    name,
    'iptables',
    '-t',
    'nat',
    '-A',
    'OUTPUT',
    '-m',
    'owner',
    '--uid-owner',
    '1337',
    '-j',
    'RETURN',
  ]);
  spawnSync('ip', ['netns', 'del', name]);
  return loaded.status === 0 ? undefined : 'the kernel does not load iptables rules';
}

interface BedAnswer {
  readonly results: readonly (readonly {
    readonly hits: readonly (readonly [string, string, number])[];
    readonly in: number;
    readonly out: number;
  }[])[];
}

function measure(rulesets: readonly BedRuleset[]): readonly (readonly Measured[])[] {
  const script = join(import.meta.dirname, 'kernel_bed.py');
  const done = spawnSync('python3', [script], {
    input: JSON.stringify({ rulesets }),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (done.status !== 0) throw new Error(done.stderr);
  const { results } = JSON.parse(done.stdout) as BedAnswer;
  return results.map(list =>
    list.map(item => ({
      hits: item.hits.map(hit => hit.join(' ')).sort(),
      in: item.in,
      out: item.out,
    })),
  );
}

function differences(
  rulesets: readonly BedRuleset[],
  measured: readonly (readonly Measured[])[],
  model = rulesets,
) {
  return rulesets.flatMap(({ flags, packets }, i) => {
    const ruleset = rulesetOf(model[i] ?? { v4: '', v6: null });
    return packets.flatMap((packet, j) => {
      const want = measured[i]?.[j];
      const got = predict(ruleset, packet);
      return JSON.stringify(want) === JSON.stringify(got)
        ? []
        : [{ flags, packet, kernel: want, machine: got }];
    });
  });
}

const reason = obstacle();
const seed = Number(process.env.LIVE_KERNEL_SEED ?? 20_261_124);

describe.skipIf(reason !== undefined)(
  `the machine against the real kernel (seed ${seed})${reason === undefined ? '' : `: skipped, ${reason}`}`,
  () => {
    it('meets the same rules with 1,080 random packets under 60 random rule sets, and finds a planted error', {
      timeout: 120_000,
    }, () => {
      const rulesets = randomJob(randomSource(seed), 60, 18);
      const measured = measure(rulesets);
      expect(differences(rulesets, measured).slice(0, 5)).toEqual([]);
      const planted = rulesets.map(item => ({
        ...item,
        v4: item.v4
          .replace(/--to-port(s?) 15001/, '--to-port$1 15002')
          .replace('-j RETURN', '-j ACCEPT')
          .replace('! --uid-owner', '--uid-owner'),
      }));
      expect(differences(rulesets, measured, planted).length).toBeGreaterThan(0);
    });
  },
);
