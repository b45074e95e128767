import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { answerLines } from './answer-lines';
import { suites } from './suites';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { istio: { type: 'string', default: '1.32' } },
});
const [name = '', file] = positionals;
const suite = suites.get(name);
if (suite === undefined || file === undefined) {
  console.error(
    `usage: npm run -s conformance -- ${[...suites.keys()].join('|')} INPUTS.jsonl [--istio 1.30]`,
  );
  process.exit(2);
}

const read = (path: string) => {
  const bytes = readFileSync(path);
  return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');
};
const directory = dirname(resolve(file));
const context = { istio: values.istio, readText: (path: string) => read(join(directory, path)) };
async function print(): Promise<void> {
  if (suite === undefined || file === undefined) return;
  for await (const line of answerLines(suite, context, read(file))) {
    if (!process.stdout.write(`${line}\n`)) {
      await new Promise(done => process.stdout.once('drain', done));
    }
  }
}

print().catch((error: unknown) => {
  console.error(error);
  process.exit(3);
});
