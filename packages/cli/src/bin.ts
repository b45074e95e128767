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
  now: () => new Date(),
}).then(code => {
  process.exitCode = code;
});
