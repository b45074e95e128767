import { interceptionVersion, loadScript, runIptables } from '@sidetrace/core/testing';
import { Bench } from 'tinybench';

const origin = { kind: 'option', option: 'bench' } as const;
const version = interceptionVersion('1.32');
const network = { interfaceAddresses: ['127.0.0.1', '10.1.0.5'], nameservers: ['10.96.0.10'] };
const hundred = [...Array(100).keys()];

const defaults = [
  '-p',
  '15001',
  '-z',
  '15006',
  '-u',
  '1337',
  '-m',
  'REDIRECT',
  '-i',
  '*',
  '-x',
  '',
];
const inbound = ['-b', '*', '-d', '15090,15021,15020'];
const exclusions = [
  '-x',
  hundred.map(i => `10.${i}.0.0/16`).join(','),
  '-o',
  hundred.map(i => 3000 + i).join(','),
];

function run(words: readonly string[], dns: boolean) {
  return runIptables({
    words: words.map(text => ({ text, origin })),
    environment: new Map(
      dns ? [['ISTIO_META_DNS_CAPTURE', { value: 'true', origin }] as const] : [],
    ),
    network,
    version,
  });
}

function compileAndLoad(words: readonly string[]): void {
  const result = run(words, false);
  if (result.kind === 'script') loadScript(result.script);
}

/** Rule sets compiled per second: the text alone, and with the tables that the machine runs. */
export async function benchInterception(): Promise<Bench> {
  const bench = new Bench({ name: 'interception', time: 500 });
  const plain = [...defaults, ...inbound];
  bench
    .add('compile the default rules', () => run(plain, false))
    .add('compile with DNS redirection', () => run(plain, true))
    .add('compile for nftables', () => run([...plain, '--native-nftables'], false))
    .add('compile 100 excluded ranges and ports', () => run([...plain, ...exclusions], false))
    .add('compile and load the default rules', () => compileAndLoad(plain))
    .add('compile and load 100 ranges and ports', () => compileAndLoad([...plain, ...exclusions]));
  await bench.run();
  return bench;
}
