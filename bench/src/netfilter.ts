import {
  loadIptables,
  type Network,
  type Packet,
  type Ruleset,
  traverse,
} from '@sidetrace/core/netfilter';
import {
  interceptionVersion,
  parseCidr,
  parseIp,
  runIptables,
  scriptText,
} from '@sidetrace/core/testing';
import { Bench } from 'tinybench';

function some<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('bad constant');
  return value;
}
const cidr = (text: string) => some(parseCidr(text));
const ip = (text: string) => some(parseIp(text));

const network: Network = {
  interfaces: [
    { name: 'lo', addresses: [cidr('127.0.0.1/8')] },
    { name: 'eth0', addresses: [cidr('10.1.0.5/24')] },
  ],
  routes: [{ destination: cidr('0.0.0.0/0'), interface: 'eth0' }],
  forwarding: false,
};

const option = (name: string) => ({ kind: 'option', option: name }) as const;

/** The rule set that istio-init makes of these flags. */
function rulesetOf(flags: Readonly<Record<string, string>>): Ruleset {
  const run = runIptables({
    words: Object.entries(flags).map(([name, value]) => ({
      text: `--${name}=${value}`,
      origin: option(name),
    })),
    environment: new Map(),
    network: { interfaceAddresses: ['127.0.0.1', '10.1.0.5'], nameservers: [] },
    version: interceptionVersion('1.32'),
  });
  if (run.kind !== 'script' || run.script.backend !== 'iptables') throw new Error('no rules');
  const loaded = loadIptables(
    scriptText(run.script.v4)
      .split('\n')
      .map(text => ({ text })),
    4,
  );
  if (loaded.kind !== 'loaded') throw new Error('refused');
  return { backend: 'iptables', v4: loaded.tables, v6: [] };
}

const packet: Packet = {
  origin: 'local',
  family: 4,
  protocol: 'tcp',
  destination: ip('192.0.2.9'),
  port: 443,
  owner: { uid: 1000, gid: 1000 },
};

const numbers = Array.from({ length: 100 }, (_, index) => index);
const rulesets: Readonly<Record<string, Ruleset>> = {
  'default rule set': rulesetOf({ 'istio-inbound-ports': '*', 'istio-service-cidr': '*' }),
  '100 excluded ranges and 100 excluded ports': rulesetOf({
    'istio-inbound-ports': '*',
    'istio-service-cidr': '*',
    'istio-service-exclude-cidr': numbers.map(index => `10.${index}.0.0/16`).join(','),
    'istio-local-outbound-ports-exclude': numbers.map(index => `${20_000 + index}`).join(','),
  }),
};

/** Heap of one walk with all its steps, in bytes, over 20,000 kept walks. */
function bytesPerWalk(ruleset: Ruleset): number {
  const before = process.memoryUsage().heapUsed;
  const kept = Array.from({ length: 20_000 }, () => traverse(ruleset, network, packet));
  const used = process.memoryUsage().heapUsed - before;
  return Math.round(used / kept.length);
}

/** Packets walked per second on one core, every rule that was looked at kept as a step. */
export async function benchNetfilter(): Promise<void> {
  for (const [name, ruleset] of Object.entries(rulesets)) {
    const bench = new Bench({ time: 1000 });
    bench.add(name, () => {
      traverse(ruleset, network, packet);
    });
    await bench.run();
    const [task] = bench.tasks;
    const result = task?.result as { throughput?: { mean: number } } | undefined;
    const rate = Math.round(result?.throughput?.mean ?? 0);
    console.log(
      `netfilter, ${name}: ${rate.toLocaleString('en')} walks/s, ${bytesPerWalk(ruleset)} bytes a walk`,
    );
  }
}
