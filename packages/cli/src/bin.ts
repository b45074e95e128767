import { isMainThread } from 'node:worker_threads';
import { run } from './run';

async function readStdin(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

// a reader that closes the pipe early, such as head, is no error
process.stdout.on('error', error => {
  if ('code' in error && error.code === 'EPIPE') process.exit();
  throw error;
});

function main(): void {
  run(process.argv.slice(2), {
    out: text => process.stdout.write(text),
    drained: () =>
      process.stdout.writableNeedDrain
        ? new Promise(resolve => process.stdout.once('drain', () => resolve()))
        : Promise.resolve(),
    err: text => process.stderr.write(text),
    outIsTerminal: process.stdout.isTTY ?? false,
    errIsTerminal: process.stderr.isTTY ?? false,
    columns: process.stdout.columns ?? 120,
    env: process.env,
    readStdin,
    worker: import.meta.url,
    now: () => new Date(),
  }).then(code => {
    process.exitCode = code;
  });
}

// long files are read in two threads, and the second one starts here, too
if (isMainThread) main();
else import('@sidetrace/loader/node').then(({ serveParts }) => serveParts());
