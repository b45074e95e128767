import { parseArgs } from 'node:util';
import { answerInputs, jsonLines } from './answer-inputs';
import { newestVersion } from './istio-versions';
import { openInputs } from './open-inputs';
import type { Suite } from './suite';
import { suites } from './suites';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { istio: { type: 'string', default: newestVersion } },
});
const [name = '', file] = positionals;
const suite = suites.get(name);
if (suite === undefined || file === undefined) {
  console.error(
    `usage: npm run -s conformance -- ${[...suites.keys()].join('|')} INPUTS.jsonl [--istio 1.30]`,
  );
  process.exit(2);
}

const { text, directory, readText } = openInputs(file);

async function main(chosen: Suite): Promise<void> {
  const context = { directory, istio: values.istio, readText };
  for await (const line of answerInputs(chosen, context, jsonLines(text))) {
    if (!process.stdout.write(`${JSON.stringify(line)}\n`)) {
      await new Promise(done => process.stdout.once('drain', done));
    }
  }
}

main(suite);
