import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Measured } from './predict';
import type { BedRuleset } from './random-job';

const tools = ['python3', 'ip', 'iptables-restore', 'ip6tables-restore', 'nft'];
const probe = 'iptables -t nat -A OUTPUT -m owner --uid-owner 1337 -j RETURN';

/** Why the real kernel cannot be asked here; `undefined` when it can. */
export function obstacle(): string | undefined {
  if (process.getuid?.() !== 0) return 'not root';
  const missing = tools.find(tool => spawnSync('which', [tool]).status !== 0);
  if (missing !== undefined) return `${missing} is not installed`;
  const name = `sidetrace-${process.pid}-probe`;
  const run = (...words: readonly string[]) => spawnSync('ip', ['netns', ...words]).status === 0;
  if (!run('add', name)) return 'network namespaces are not allowed';
  const loaded = run('exec', name, ...probe.split(' '));
  run('del', name);
  return loaded ? undefined : 'the kernel does not load iptables rules';
}

interface BedAnswer {
  readonly results: readonly (readonly Measured[])[];
}

/** Sends the packets through the kernel; one list of results per rule set. */
export function measure(rulesets: readonly BedRuleset[]): BedAnswer['results'] {
  const done = spawnSync('python3', [join(import.meta.dirname, 'kernel_bed.py')], {
    input: JSON.stringify({ rulesets }),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (done.status !== 0) throw new Error(done.stderr);
  const { results } = JSON.parse(done.stdout) as BedAnswer;
  return results;
}
