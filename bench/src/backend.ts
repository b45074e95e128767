import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { performance } from 'node:perf_hooks';

// How long the backend plugin's requests take while a large mesh is read and analysed beside a small one.

const [directory, small = 'examples/unregistered-host'] = process.argv.slice(2);
if (directory === undefined) {
  process.stderr.write('usage: backend.ts DIRECTORY [SMALL_DIRECTORY]\n');
  process.exit(2);
}
const plugin = resolve('plugins/sidetrace-backend');
const require = createRequire(`${plugin}/package.json`);
const transform = require.resolve('@backstage/cli-node/config/nodeTransform.cjs');

const settings = {
  backend: { database: { client: 'better-sqlite3', connection: ':memory:' } },
  sidetrace: {
    schedule: { frequency: { minutes: 60 }, timeout: { minutes: 60 } },
    sources: [
      { id: 'small', type: 'directory', path: resolve(small), files: ['mesh.yaml'] },
      { id: 'large', type: 'directory', path: resolve(directory), files: ['mesh.yaml'] },
    ],
  },
};
const entities = [
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'web',
      namespace: 'default',
      annotations: { 'sidetrace.dev/workload': 'shop/web' },
    },
    relations: [],
    spec: {},
  },
];

const started = performance.now();
const args = ['--require', transform, `${plugin}/src/testing/replica.ts`];
const env = { ...process.env, NODE_ENV: 'development' };
const child: ChildProcess = spawn(
  process.execPath,
  [...args, JSON.stringify(settings), JSON.stringify(entities)],
  { env },
);
let output = '';
child.stdout?.on('data', (data: Buffer) => {
  output += data.toString('utf8');
});
child.stderr?.pipe(process.stderr);
process.on('exit', () => child.kill('SIGKILL'));

const pause = (ms: number) => new Promise(done => setTimeout(done, ms));
async function until(pattern: RegExp): Promise<string> {
  for (;;) {
    const found = pattern.exec(output);
    if (found !== null) return found[1] ?? '';
    if (child.exitCode !== null) throw new Error(output);
    await pause(50);
  }
}

const paths = [
  '/entities/default/component/web/card',
  '/mesh/overview',
  '/mesh/matrix',
  '/mesh/findings',
  '/mesh/bypasses',
  '/mesh/history',
  '/health',
];
const times = new Map<string, number[]>(paths.map(path => [path, []]));

async function ask(base: string, path: string): Promise<void> {
  const start = performance.now();
  const response = await fetch(`${base}${path}`);
  await response.arrayBuffer();
  times.get(path)?.push(performance.now() - start);
}

const quantile = (values: readonly number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;

function report(title: string): void {
  const all = [...times.values()].flat();
  process.stdout.write(`${title}\n`);
  for (const [path, values] of [...times, ['all', all] as const]) {
    const [p50, p99, worst] = [0.5, 0.99, 1 - Number.EPSILON].map(share => quantile(values, share));
    process.stdout.write(
      `  ${path}: ${values.length} requests, p50 ${p50?.toFixed(1)} ms, p99 ${p99?.toFixed(1)} ms, worst ${worst?.toFixed(1)} ms\n`,
    );
  }
  for (const values of times.values()) values.length = 0;
}

async function measure(): Promise<void> {
  const port = await until(/listens on (\d+)/);
  const base = `http://127.0.0.1:${port}/api/sidetrace`;
  // ask for each view once before it counts: what is compiled at first is no matter of the large mesh
  for (const path of paths) await ask(base, path);
  for (const values of times.values()) values.length = 0;

  const analysed = () => /source large: analysed in ([\d.]+) s/.exec(output)?.[1];
  while (analysed() === undefined && child.exitCode === null) {
    for (const path of paths) {
      await ask(base, path);
      await pause(10);
    }
  }
  const whole = ((performance.now() - started) / 1000).toFixed(1);
  report(
    `while the large mesh is read and analysed (analysis ${analysed()} s, ${whole} s since start)`,
  );
  for (let answers = false; !answers; await pause(100)) {
    const overview: {
      readonly sources: readonly { readonly id: string; readonly workloads: number }[];
    } = await (await fetch(`${base}/mesh/overview`)).json();
    answers = overview.sources.some(({ id, workloads }) => id === 'large' && workloads > 0);
  }
  for (let round = 0; round < 50; round += 1) for (const path of paths) await ask(base, path);
  report('afterwards, the large mesh in the answers');
  child.kill('SIGKILL');
}

measure().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
