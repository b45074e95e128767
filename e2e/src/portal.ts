import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';

export interface RunningPortal {
  readonly address: string;
  stop(): Promise<void>;
}

const root = resolve(import.meta.dirname, '../..');

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => done(port));
    });
  });
}

async function isReady(address: string): Promise<boolean> {
  try {
    return (await fetch(`${address}/.backstage/health/v1/readiness`)).ok;
  } catch {
    return false;
  }
}

async function waitUntilReady(address: string, child: ChildProcess, output: readonly string[]) {
  const deadline = Date.now() + 120_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) break;
    if (await isReady(address)) return;
    await new Promise(done => setTimeout(done, 300));
  }
  child.kill();
  throw new Error(`the portal did not come up:\n${output.join('').slice(-4000)}`);
}

/** Starts the built portal and its backend on a free port, with the demo configuration. */
export async function startPortal(): Promise<RunningPortal> {
  const port = await freePort();
  const address = `http://localhost:${port}`;
  const args = [
    ...['--enable-source-maps', '--require', '@backstage/cli-node/config/nodeTransform.cjs'],
    ...['src/index.ts', '--config', '../../app-config.yaml'],
    ...['--config', '../../app-config.single.yaml'],
  ];
  const child = spawn(process.execPath, args, {
    cwd: join(root, 'apps/backend'),
    env: {
      ...process.env,
      NODE_ENV: 'development',
      APP_CONFIG_app_baseUrl: address,
      APP_CONFIG_backend_baseUrl: address,
      APP_CONFIG_backend_listen_port: String(port),
    },
  });
  const output: string[] = [];
  child.stdout.on('data', chunk => output.push(String(chunk)));
  child.stderr.on('data', chunk => output.push(String(chunk)));
  await waitUntilReady(address, child, output);
  return {
    address,
    stop: () =>
      new Promise(done => {
        child.once('exit', () => done());
        child.kill('SIGTERM');
        setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
      }),
  };
}
