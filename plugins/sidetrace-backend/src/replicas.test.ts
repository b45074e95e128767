import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFakeKubernetes } from 'fake-kubernetes';
import knexFactory from 'knex';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
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

interface Overview {
  readonly workloads: number;
  readonly sources: readonly { readonly state: string; readonly digest?: string }[];
}

/** What a replica answers; nothing before it listens. */
async function overviewOf(replica: Replica | undefined): Promise<Overview | undefined> {
  const [, port] = /listens on (\d+)/.exec(replica?.output() ?? '') ?? [];
  if (port === undefined) return undefined;
  const response = await fetch(`http://127.0.0.1:${port}/api/sidetrace/mesh/overview`);
  return response.json();
}

interface Way {
  readonly url: string;
  /** Connections that are open on it. */
  readonly open: () => number;
  readonly close: () => void;
}

/** A way of its own to a server, by which one sees who is connected. */
async function wayTo(address: string): Promise<Way> {
  const port = Number(new URL(address).port);
  const sockets = new Set<Socket>();
  const proxy = createServer(incoming => {
    const outgoing = connect(port, '127.0.0.1');
    sockets.add(incoming);
    incoming.on('close', () => sockets.delete(incoming));
    // an end that is killed resets its connections: the other end is to see it
    incoming.on('error', () => outgoing.destroy()).pipe(outgoing);
    outgoing.on('error', () => incoming.destroy()).pipe(incoming);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const { port: own } = proxy.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${own}`,
    open: () => sockets.size,
    close: () => {
      for (const socket of sockets) socket.destroy();
      proxy.close();
    },
  };
}

const token = 'TOKEN-THAT-NOBODY-MAY-SEE';
const schedule = { frequency: { seconds: 5 }, timeout: { seconds: 10 } };

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
  afterEach(() => {
    for (const replica of replicas.splice(0)) replica.process.kill('SIGKILL');
  });
  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  /** Backstage makes the scheduler's tables without waiting for another replica: one makes them alone. */
  async function tablesMade(backend: object): Promise<void> {
    const first = startReplica({ backend, sidetrace: { schedule, sources: [] } });
    replicas.push(first);
    await until('the tables are there', () => {
      if (first.process.exitCode !== null) throw new Error(first.output());
      return first.output().includes('listens on') ? true : undefined;
    });
    first.process.kill('SIGKILL');
  }

  test('one does the work; when it is killed in the middle the other does it, once and whole', async () => {
    const settings = {
      backend: { database: { client: 'pg', connection: server.connection } },
      sidetrace: {
        schedule,
        sources: [{ type: 'directory', id: 'files', path: folder }],
      },
    };
    await tablesMade(settings.backend);
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
    const body = await until('the other answers', async () => {
      const answer = await overviewOf(other);
      return answer !== undefined && answer.workloads > 0 ? answer : undefined;
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

  test('one follows a cluster; when it is killed the other one does, and misses nothing', async () => {
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
    const service = (name: string) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace: 'shop' },
      spec: { ports: [{ port: 80 }] },
    });
    const cluster = await startFakeKubernetes({ objects: [namespace, service('web')], token });
    const database = { client: 'pg', connection: server.connection, prefix: 'following_' };
    await tablesMade({ database });
    const ways = await Promise.all([wayTo(cluster.url), wayTo(cluster.url)]);
    const pair = ways.map(({ url, open }) => {
      const source = {
        type: 'kubernetes',
        id: 'prod',
        connection: { kind: 'token', server: url, token },
        quietPeriod: { milliseconds: 200 },
      };
      const replica = startReplica({
        backend: { database },
        sidetrace: { schedule, sources: [source] },
      });
      replicas.push(replica);
      return {
        replica,
        follows: () => open() >= cluster.openWatches() && cluster.openWatches() > 0,
      };
    });
    const digestOf = async (replica: Replica | undefined) =>
      (await overviewOf(replica))?.sources[0]?.digest;
    const before = await until('both answer', async () => {
      const [one, two] = await Promise.all(pair.map(({ replica }) => digestOf(replica)));
      return one !== undefined && one === two ? one : undefined;
    });
    const follower = await until('one follows, and not the other', () => {
      const [one, ...more] = pair.filter(({ follows }) => follows());
      return more.length === 0 ? one : undefined;
    });
    follower.replica.process.kill('SIGKILL');
    await until('nobody follows', () => (cluster.openWatches() === 0 ? true : undefined));
    cluster.put(service('while-nobody-looked'));
    const other = pair.find(item => item !== follower);
    const during = await until('the other has what came meanwhile', async () => {
      const digest = await digestOf(other?.replica);
      return digest === before ? undefined : digest;
    });
    // a run ends with the schedule's timeout, and the next one begins
    await until('the other follows', () => (other?.follows() ? true : undefined));
    cluster.put(service('after'));
    await until('the other has what came after', async () => {
      const digest = await digestOf(other?.replica);
      return digest === during ? undefined : digest;
    });
    const connection = { ...server.connection, database: 'following_sidetrace' };
    const knex = knexFactory({ client: 'pg', connection });
    try {
      expect(await knex('readings')).toHaveLength(3);
      expect(await knex('sources').select('id', 'failed')).toEqual([{ id: 'prod', failed: null }]);
    } finally {
      await knex.destroy();
      for (const { close } of ways) close();
      await cluster.close();
    }
  }, 400_000);
});
