import { gunzipSync } from 'node:zlib';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import {
  coreServices,
  createServiceFactory,
  type LoggerService,
  type UrlReaderService,
} from '@backstage/backend-plugin-api';
import { NotModifiedError } from '@backstage/errors';
import { type FakeKubernetes, type JsonObject, startFakeKubernetes } from 'fake-kubernetes';
import type { Knex } from 'knex';
import { afterEach, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { newsEntry, shopEntities, shopMesh } from '../testing/shop-mesh';
import { type RunningPlugin, startPlugin } from '../testing/start-plugin';
import { testDatabases } from '../testing/test-databases';

const token = 'TOKEN-THAT-NOBODY-MAY-SEE';
const objectsOf = (text: string): readonly JsonObject[] =>
  parseAllDocuments(text.replace(/^---\n/, '')).map(document => document.toJSON());
const service = (name: string): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
  spec: { ports: [{ port: 80 }] },
});

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A Git host with one file, that can fail. */
function gitHost(text = shopMesh('REGISTRY_ONLY')) {
  const state = { text, etag: 'one', failure: '', trees: 0, unchanged: 0 };
  const reader: UrlReaderService = {
    readUrl: () => Promise.reject(new Error('no file is asked for')),
    search: () => Promise.reject(new Error('nothing is searched')),
    readTree: async (_url, options) => {
      if (state.failure === 'hangs') return new Promise(() => undefined);
      if (state.failure !== '') throw new Error(state.failure);
      if (options?.etag === state.etag) {
        state.unchanged += 1;
        throw new NotModifiedError();
      }
      state.trees += 1;
      const content = Buffer.from(state.text);
      return {
        etag: state.etag,
        archive: () => Promise.reject(new Error('no archive is asked for')),
        dir: () => Promise.reject(new Error('nothing is written')),
        files: async () => [{ path: 'mesh.yaml', content: async () => content }],
      };
    },
  };
  const feature = createServiceFactory({
    service: coreServices.urlReader,
    deps: {},
    factory: () => reader,
  });
  return { state, feature };
}

/** All that is logged, of every level. */
function keptLog() {
  const lines: string[] = [];
  const keep =
    (level: string): LoggerService['info'] =>
    (message, meta) => {
      const cause = meta instanceof Error ? `${meta.stack} ${meta.cause}` : JSON.stringify(meta);
      lines.push(`${level} ${message} ${cause}`);
    };
  const logger = {
    error: keep('error'),
    warn: keep('warn'),
    info: keep('info'),
    debug: keep('debug'),
    child: () => logger,
  };
  const feature = createServiceFactory({
    service: coreServices.rootLogger,
    deps: {},
    factory: () => logger,
  });
  return { lines, feature };
}

async function cluster(more: readonly JsonObject[] = [], port?: number): Promise<FakeKubernetes> {
  const server = await startFakeKubernetes({
    objects: [...objectsOf(shopMesh('REGISTRY_ONLY')), ...more],
    token,
    ...(port === undefined ? {} : { port }),
  });
  closing.push(() => server.close().catch(() => undefined));
  return server;
}

const gitSource = {
  type: 'url',
  id: 'git',
  url: 'https://git.example/mesh/tree/main',
  timeout: { seconds: 1 },
};
const kubernetesSource = (server: string, more: object = {}) => ({
  type: 'kubernetes',
  id: 'prod',
  cluster: 'prod',
  connection: { kind: 'token', server, token },
  quietPeriod: { milliseconds: 200 },
  ...more,
});
const schedule = { frequency: { seconds: 2 }, timeout: { minutes: 2 } };

interface Setup {
  readonly knex: Knex;
  readonly sources: readonly object[];
  readonly git?: ReturnType<typeof gitHost>;
  readonly log?: ReturnType<typeof keptLog>;
  readonly waits?: boolean;
}

async function start({ knex, sources, git = gitHost(), log, waits }: Setup) {
  const plugin = await startPlugin({
    manifests: '',
    entities: shopEntities,
    knex,
    config: { sources, schedule },
    features: [schedulerServiceFactory, git.feature, ...(log === undefined ? [] : [log.feature])],
    ...(waits === undefined ? {} : { waits }),
  });
  closing.push(() => plugin.stop());
  return plugin;
}

interface SourceSeen {
  readonly id: string;
  readonly state: string;
  readonly reason?: string;
  readonly digest?: string;
  readonly readAt?: string;
  readonly issues: readonly { readonly code: string; readonly message: string }[];
}

/** Asks until the sources are as expected; fails with the last answer. */
async function untilSources(
  { get }: RunningPlugin,
  expected: (seen: Readonly<Record<string, SourceSeen>>) => boolean | undefined,
): Promise<Readonly<Record<string, SourceSeen>>> {
  let last: unknown;
  for (let tries = 0; tries < 900; tries += 1) {
    const sources: readonly SourceSeen[] = (await get('/mesh/overview')).body.sources ?? [];
    const seen = Object.fromEntries(sources.map(source => [source.id, source]));
    if (expected(seen)) return seen;
    last = sources;
    await new Promise(done => setTimeout(done, 100));
  }
  throw new Error(`the sources did not come to the expected state: ${JSON.stringify(last)}`);
}

/** Everything in the database as text, unpacked. */
async function databaseText(knex: Knex): Promise<string> {
  const texts: string[] = [];
  for (const table of ['sources', 'readings', 'snapshots', 'analyses', 'parts']) {
    const rows: readonly Readonly<Record<string, unknown>>[] = await knex(table).select();
    for (const value of rows.flatMap(row => Object.values(row))) {
      const packed = value instanceof Uint8Array && value[0] === 0x1f;
      texts.push(packed ? gunzipSync(value).toString('utf8') : String(value));
    }
  }
  return texts.join('\n');
}

describe.each(testDatabases())('sources on $name', ({ name, connect }) => {
  test('one fails, keeps its snapshot and says why; the other goes on; it comes back', async () => {
    const git = gitHost();
    const server = await cluster();
    const knex = await connect();
    const plugin = await start({ knex, sources: [gitSource, kubernetesSource(server.url)], git });
    const first = await untilSources(
      plugin,
      ({ git: a, prod: b }) => a?.state === 'fresh' && b?.state === 'fresh',
    );
    git.state.failure = 'could not read https://user:SECRET@git.example/mesh, 503 Unavailable';
    const stale = await untilSources(plugin, ({ git: seen }) => seen?.state === 'stale');
    expect(stale.git?.reason).toContain('503 Unavailable');
    expect(stale.git?.reason).not.toContain('SECRET');
    expect(stale.git?.digest).toBe(first.git?.digest);
    server.put(service('added'));
    const changed = await untilSources(plugin, ({ prod }) => prod?.digest !== first.prod?.digest);
    expect(changed.prod?.state).toBe('fresh');
    expect(changed.git).toMatchObject({ state: 'stale', digest: first.git?.digest });
    git.state.failure = '';
    const back = await untilSources(plugin, ({ git: seen }) => seen?.state === 'fresh');
    expect(back.git?.digest).toBe(first.git?.digest);
    expect(git.state.trees).toBe(1);
    git.state.text = shopMesh('ALLOW_ANY');
    git.state.etag = 'two';
    await untilSources(plugin, ({ git: seen }) => seen?.digest !== first.git?.digest);
    expect(git.state.trees).toBe(2);
  });

  test('a source that is down at the start is unread with the reason, and read when it is there', async () => {
    const server = await startFakeKubernetes({ objects: [] });
    await server.close();
    const git = gitHost();
    git.state.failure = 'hangs';
    const sources = [
      gitSource,
      kubernetesSource(server.url, { timeout: { seconds: 20 } }),
      kubernetesSource((await cluster()).url, { id: 'other', watch: false }),
    ];
    const plugin = await start({ knex: await connect(), sources, git });
    const seen = await untilSources(
      plugin,
      ({ git: a, prod: b }) => a?.reason !== undefined && b?.reason !== undefined,
    );
    expect(seen).toMatchObject({
      git: { state: 'unread', reason: expect.stringContaining('has not been read within 1 s') },
      prod: { state: 'unread', reason: expect.stringContaining('cannot be reached') },
      other: { state: 'fresh' },
    });
    expect((await plugin.get('/health')).status).toBe(503);
    git.state.failure = '';
    await cluster([], Number(new URL(server.url).port));
    await untilSources(
      plugin,
      ({ git: a, prod: b }) => a?.state === 'fresh' && b?.state === 'fresh',
    );
    expect((await plugin.get('/health')).body).toMatchObject({ status: 'ok' });
  });

  test('a kind that may not be read is an issue of the source, and answers that need it say so', async () => {
    const server = await cluster(objectsOf(newsEntry));
    server.fail({ kind: 'forbidden', resource: 'serviceentries' });
    const plugin = await start({
      knex: await connect(),
      sources: [kubernetesSource(server.url)],
    });
    const { prod } = await untilSources(plugin, seen => seen.prod?.state === 'fresh');
    expect(prod?.issues.map(({ message }) => message).join()).toMatch(
      /serviceentries|ServiceEntry/,
    );
    const cell = 'workload=prod/shop/Deployment/web&host=news.example&port=443&protocol=TLS';
    const { body } = await plugin.get(`/mesh/trace?${cell}`);
    expect(JSON.stringify(body.trace)).toContain('no-permission');
  });

  test('a cluster whose token runs out, and that goes away, is stale meanwhile; nobody sees a secret', async () => {
    const log = keptLog();
    const git = gitHost(`${shopMesh('REGISTRY_ONLY')}
---
apiVersion: v1
kind: Secret
metadata: { name: db, namespace: shop, annotations: { copy: VALUE-OF-A-SECRET } }
stringData: { password: VALUE-OF-A-SECRET }
`);
    const server = await cluster([
      service('early'),
      service('earlier'),
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'db', namespace: 'shop' },
        data: { password: Buffer.from('VALUE-OF-A-SECRET').toString('base64') },
      },
    ]);
    const knex = await connect();
    const sources = [gitSource, kubernetesSource(server.url)];
    const plugin = await start({ knex, sources, git, log });
    const first = await untilSources(
      plugin,
      ({ git: a, prod: b }) => a?.state === 'fresh' && b?.state === 'fresh',
    );
    await server.close();
    const away = await untilSources(plugin, ({ prod }) => prod?.state === 'stale');
    expect(away.prod?.reason).toContain('cannot be reached');
    expect(away.prod?.digest).toBe(first.prod?.digest);
    expect((await plugin.get('/entities/default/component/web/card')).body.cards).toHaveLength(2);
    // it comes back with lower versions than it had
    const again = await cluster([service('back')], Number(new URL(server.url).port));
    await untilSources(
      plugin,
      ({ prod }) => prod?.state === 'fresh' && prod.digest !== first.prod?.digest,
    );
    again.renewToken('another');
    again.fail({ kind: 'cut', after: 0, verb: 'watch', times: 10 });
    const refused = await untilSources(plugin, ({ prod }) =>
      prod?.reason?.includes('does not accept the credentials'),
    );
    expect(refused.prod?.state).toBe('stale');
    const answers = await Promise.all(
      [
        '/mesh/overview',
        '/mesh/findings',
        '/mesh/history',
        '/entities/default/component/web/tab',
      ].map(async path => JSON.stringify((await plugin.get(path)).body)),
    );
    const seen = [...answers, ...log.lines, await databaseText(knex)].join('\n');
    expect(log.lines.join('\n')).toContain('does not accept the credentials');
    expect(seen).toContain('news.example');
    for (const hidden of [
      token,
      'VALUE-OF-A-SECRET',
      Buffer.from('VALUE-OF-A-SECRET').toString('base64'),
    ]) {
      expect(seen).not.toContain(hidden);
    }
  }, 400_000);

  test.runIf(name === 'PostgreSQL')('of two replicas one follows the cluster', async () => {
    const server = await cluster();
    const knex = await connect();
    const setup = { knex, sources: [kubernetesSource(server.url)] };
    const one = await start(setup);
    const first = await untilSources(one, ({ prod }) => prod?.state === 'fresh');
    const other = await start(setup);
    await new Promise(done => setTimeout(done, 8000));
    const pods = server.requests.filter(
      ({ resource, verb }) => resource === 'pods' && verb === 'list',
    );
    expect(pods).toHaveLength(1);
    server.put(service('added'));
    await untilSources(other, ({ prod }) => prod?.digest !== first.prod?.digest);
    // the one that follows stops: the other one takes over
    const before = await untilSources(other, ({ prod }) => prod?.state === 'fresh');
    await one.stop();
    server.put(service('after'));
    const after = await untilSources(other, ({ prod }) => prod?.digest !== before.prod?.digest);
    expect(after.prod?.state).toBe('fresh');
  });
});
