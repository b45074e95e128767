import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { loadCorpus } from './corpus';
import { type Failure, makeInput, tryInput } from './fuzz';

const root = process.env.INIT_CWD ?? process.cwd();

/** What the thread that runs the inputs tells the one that watches. */
type Message =
  | { readonly kind: 'started'; readonly corpus: number }
  | { readonly kind: 'failure'; readonly failure: Failure }
  | { readonly kind: 'slow'; readonly input: number; readonly ms: number }
  | { readonly kind: 'at'; readonly input: number; readonly rss: number; readonly objects: number };

interface Range {
  readonly from: number;
  readonly count: number;
}

async function runRange({ from, count }: Range, tell: (message: Message) => void): Promise<void> {
  const corpus = await loadCorpus(root, true);
  tell({ kind: 'started', corpus: corpus.length });
  let objects = 0;
  for (let input = from; input < from + count; input += 1) {
    const start = process.cpuUsage();
    const result = tryInput(corpus, input);
    const { user, system } = process.cpuUsage(start);
    const ms = (user + system) / 1000;
    if ('what' in result) tell({ kind: 'failure', failure: result });
    else objects += result.resources;
    if (ms > 250) tell({ kind: 'slow', input, ms: Math.round(ms) });
    if (input % 50 === 0 || input === from + count - 1) {
      tell({ kind: 'at', input, rss: process.memoryUsage().rss, objects });
    }
  }
}

interface Totals {
  done: number;
  objects: number;
  rss: number;
  readonly failures: Failure[];
  readonly slow: { readonly input: number; readonly ms: number }[];
}

const hangMs = 60_000;

/** Watches the running thread: one that says nothing for a minute hangs. */
function watch(range: Range): Promise<Totals> {
  const totals: Totals = { done: 0, objects: 0, rss: 0, failures: [], slow: [] };
  const worker = new Worker(new URL(import.meta.url), {
    workerData: range,
    resourceLimits: { maxOldGenerationSizeMb: 1536 },
  });
  let heard = Date.now();
  const timer = setInterval(() => {
    if (Date.now() - heard < hangMs) return;
    const what = `no input of ${range.from + totals.done} to ${range.from + totals.done + 50} ended in a minute`;
    totals.failures.push({ input: range.from + totals.done, seed: '', what });
    void worker.terminate();
  }, 5000);
  worker.on('message', (message: Message) => {
    heard = Date.now();
    if (message.kind === 'failure') {
      totals.failures.push(message.failure);
      process.stdout.write(
        `input ${message.failure.input} (${message.failure.seed}): ${message.failure.what}\n`,
      );
    } else if (message.kind === 'slow') totals.slow.push(message);
    else if (message.kind === 'at') {
      totals.done = message.input - range.from + 1;
      totals.objects = message.objects;
      totals.rss = Math.max(totals.rss, message.rss);
      if (totals.done % 10_000 < 50)
        process.stdout.write(`${totals.done} inputs, ${totals.failures.length} failures\n`);
    } else process.stdout.write(`${message.corpus} meshes to mutate\n`);
  });
  return new Promise((resolve, reject) => {
    worker.on('error', reject);
    worker.on('exit', () => {
      clearInterval(timer);
      resolve(totals);
    });
  });
}

function reportOf({ done, objects, rss, failures, slow }: Totals, range: Range): string {
  const slowest = [...slow].sort((a, b) => b.ms - a.ms).slice(0, 5);
  const over = slow.filter(({ ms }) => ms > 1000).length;
  return [
    `inputs ${range.from} to ${range.from + done - 1}: ${done} run, ${objects} objects read`,
    `failures: ${failures.length}`,
    `over 1 s: ${over}; over 0.25 s: ${slow.length}; slowest: ${slowest.map(({ input, ms }) => `${input} (${ms} ms)`).join(', ') || 'none over 0.25 s'}`,
    `most memory: ${Math.round(rss / 1024 / 1024)} MiB`,
    '',
  ].join('\n');
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      from: { type: 'string', default: '1' },
      count: { type: 'string', default: '200000' },
      print: { type: 'string' },
    },
  });
  if (values.print !== undefined) {
    process.stdout.write(makeInput(await loadCorpus(root, true), Number(values.print)).text);
    return;
  }
  const range = { from: Number(values.from), count: Number(values.count) };
  const totals = await watch(range);
  process.stdout.write(reportOf(totals, range));
  const { failures, slow, done } = totals;
  if (failures.length > 0 || done < range.count || slow.some(({ ms }) => ms > 1000)) {
    process.exitCode = 1;
  }
}

const range: Range = workerData;
(isMainThread ? main() : runRange(range, message => parentPort?.postMessage(message))).catch(
  error => {
    process.exitCode = 1;
    throw error;
  },
);
