import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface RunningPortal {
  readonly address: string;
  /** Folder of the demo source: each folder in it is a mesh, in `mesh.yaml`. */
  readonly meshes: string;
  stop(): Promise<void>;
}

const root = resolve(import.meta.dirname, '../..');
/** A busy machine takes its time to start a backend. */
const startMs = 240_000;

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
  const deadline = Date.now() + startMs;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) break;
    if (await isReady(address)) return;
    await new Promise(done => setTimeout(done, 300));
  }
  child.kill();
  throw new Error(`the portal did not come up:\n${output.join('').slice(-4000)}`);
}

const configOf = (meshes: string, catalog: string) =>
  JSON.stringify({
    catalog: { locations: [{ type: 'file', target: catalog }] },
    sidetrace: {
      sources: [
        { id: 'examples', type: 'directory', path: meshes, perFolder: true, files: ['mesh.yaml'] },
        {
          id: 'alone',
          type: 'directory',
          path: join(meshes, 'wildcard-hosts'),
          files: ['mesh.yaml'],
        },
      ],
    },
  });

/** A copy of the examples that a test may change, and a configuration that reads it. */
async function demoFolder(catalog: string) {
  const folder = await mkdtemp(join(tmpdir(), 'sidetrace-e2e-'));
  const meshes = join(folder, 'meshes');
  await cp(join(root, 'examples'), meshes, { recursive: true });
  const config = join(folder, 'app-config.json');
  await writeFile(config, configOf(meshes, catalog));
  return { folder, meshes, config };
}

/** Starts the built portal and its backend on a free port, with the demo configuration. */
export async function startPortal(
  catalog = join(root, 'examples/catalog.yaml'),
): Promise<RunningPortal> {
  const port = await freePort();
  const address = `http://localhost:${port}`;
  const { folder, meshes, config } = await demoFolder(catalog);
  const args = [
    ...['--enable-source-maps', '--require', '@backstage/cli-node/config/nodeTransform.cjs'],
    ...['src/index.ts', '--config', '../../app-config.yaml'],
    ...['--config', '../../app-config.single.yaml', '--config', config],
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
    meshes,
    stop: async () => {
      await new Promise<void>(done => {
        child.once('exit', () => done());
        child.kill('SIGTERM');
        setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
      });
      await rm(folder, { recursive: true, force: true });
    },
  };
}
