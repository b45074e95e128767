import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import knexFactory from 'knex';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PostgresServer, postgresPrograms, startPostgres } from './testing/postgres';

const programs = postgresPrograms();
const transform = createRequire(__filename).resolve('@backstage/cli-node/config/nodeTransform.cjs');

/** Large enough that its analysis can be interrupted. */
const manifests = [
  'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { istio-injection: enabled } }\n',
  ...Array.from(
    { length: 150 },
    (_, at) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web-${at}, namespace: shop }
spec:
  selector: { matchLabels: { app: web-${at} } }
  template:
    metadata:
      labels: { app: web-${at} }
      annotations: { traffic.sidecar.istio.io/excludeOutboundPorts: "${3000 + at}" }
    spec: { containers: [{ name: web, image: registry.example/web:1 }] }
`,
  ),
  ...Array.from(
    { length: 60 },
    (_, at) => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: host-${at}, namespace: shop }
spec:
  hosts: [host-${at}.example]
  location: MESH_EXTERNAL
  resolution: DNS
  ports: [{ number: 443, name: tls, protocol: TLS }]
`,
  ),
].join('---\n');

const replicas: Replica[] = [];

interface Replica {
  readonly process: ChildProcess;
  readonly output: () => string;
}

function startReplica(settings: object): Replica {
  const args = ['--require', transform, join(__dirname, 'testing/replica.ts')];
  // the scheduler frees the tasks of the dead in no test environment
  const env = { ...process.env, NODE_ENV: 'development' };
  const child = spawn(process.execPath, [...args, JSON.stringify(settings)], { env });
  let text = '';
  const take = (data: Buffer) => {
    text += data.toString('utf8');
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  return { process: child, output: () => text };
}

async function until<T>(
  what: string,
  find: () => Promise<T | undefined> | T | undefined,
): Promise<T> {
  for (let tries = 0; tries < 2400; tries += 1) {
    const found = await find();
    if (found !== undefined) return found;
    await new Promise(done => setTimeout(done, 100));
  }
  throw new Error(
    `it did not happen: ${what}\n${replicas.map(({ output }) => output()).join('\n')}`,
  );
}

describe.skipIf(programs === undefined)('two backends on one PostgreSQL', () => {
  let server: PostgresServer;
  let folder = '';
  beforeAll(async () => {
    server = await startPostgres(programs ?? '');
    folder = await mkdtemp(join(tmpdir(), 'sidetrace-'));
    await writeFile(join(folder, 'mesh.yaml'), manifests);
  }, 120_000);
  afterAll(async () => {
    for (const replica of replicas) replica.process.kill('SIGKILL');
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  test('one does the work; when it is killed in the middle the other does it, once and whole', async () => {
    const settings = {
      backend: { database: { client: 'pg', connection: server.connection } },
      sidetrace: {
        schedule: { frequency: { seconds: 5 }, timeout: { seconds: 10 } },
        sources: [{ type: 'directory', id: 'files', path: folder }],
      },
    };
    // the scheduler's own tables: Backstage makes them without waiting for another replica
    const first = startReplica({ ...settings, sidetrace: { ...settings.sidetrace, sources: [] } });
    replicas.push(first);
    await until('the tables are there', () => {
      if (first.process.exitCode !== null) throw new Error(first.output());
      return first.output().includes('listens on') ? true : undefined;
    });
    first.process.kill('SIGKILL');
    replicas.splice(0, 1, startReplica(settings), startReplica(settings));
    const died = replicas.map(({ process: child, output }) =>
      child.exitCode === null ? undefined : output(),
    );
    expect(died).toEqual([undefined, undefined]);
    const working = await until('one analyses', () => {
      const ended = replicas.find(({ process: child }) => child.exitCode !== null);
      if (ended !== undefined) throw new Error(ended.output());
      return replicas.find(({ output }) => output().includes('is analysed'));
    });
    working.process.kill('SIGKILL');
    const other = replicas.find(replica => replica !== working);
    const [, port] = await until(
      'the other listens',
      () => /listens on (\d+)/.exec(other?.output() ?? '') ?? undefined,
    );
    const body = await until('the other answers', async () => {
      const response = await fetch(`http://127.0.0.1:${port}/api/sidetrace/mesh/overview`);
      const answer: { readonly workloads: number } = await response.json();
      return answer.workloads > 0 ? answer : undefined;
    });
    expect(body.workloads).toBe(150);

    const connection = { ...server.connection, database: 'backstage_plugin_sidetrace' };
    const knex = knexFactory({ client: 'pg', connection });
    try {
      expect(await knex('snapshots')).toHaveLength(1);
      expect(await knex('readings')).toHaveLength(1);
      const analyses = await knex('analyses').select('id');
      expect(analyses).toHaveLength(1);
      expect(await knex('sources').select('analysis')).toEqual([{ analysis: analyses[0].id }]);
      const parts: string[] = await knex('parts').pluck('digest');
      const used: string[] = await knex('analysis_parts').pluck('part');
      expect(used.sort()).toEqual(parts.sort());
    } finally {
      await knex.destroy();
    }
  }, 400_000);
});
