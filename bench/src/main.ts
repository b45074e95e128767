import { benchInterception } from './interception';
import { benchNetfilter } from './netfilter';

/** Benchmarks that need no input; `bench/src/envoy.ts` takes the folder of a large mesh. */
async function main(): Promise<void> {
  await benchNetfilter();
  const { tasks } = await benchInterception();
  for (const { name, result } of tasks) {
    const rate = result !== undefined && 'throughput' in result ? result.throughput.mean : 0;
    console.log(`interception, ${name}: ${Math.round(rate).toLocaleString('en')} a second`);
  }
}

main();
