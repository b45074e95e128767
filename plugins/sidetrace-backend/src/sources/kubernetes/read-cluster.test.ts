import { type FakeKubernetes, type JsonObject, startFakeKubernetes } from 'fake-kubernetes';
import { afterEach, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { unpackSnapshot } from '../../store/snapshot-digest';
import { shopMesh } from '../../testing/shop-mesh';
import type { FollowRequest, SourceAnswer } from '../source';
import { sourceSchema } from '../source-config';
import { KubernetesSource } from './kubernetes-source';
import { readCluster } from './read-cluster';

const token = 'TOKEN-THAT-NOBODY-MAY-SEE';
const objects: readonly JsonObject[] = parseAllDocuments(shopMesh('REGISTRY_ONLY')).map(document =>
  document.toJSON(),
);
const service = (name: string, more: object = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
  spec: { ports: [{ port: 80 }] },
  ...more,
});

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function cluster(more: readonly JsonObject[] = []): Promise<FakeKubernetes> {
  const server = await startFakeKubernetes({ objects: [...objects, ...more], token });
  closing.push(() => server.close());
  return server;
}

function sourceOf({ url }: Pick<FakeKubernetes, 'url'>, more: object = {}): KubernetesSource {
  const connection = { kind: 'token', server: url, token };
  const quietPeriod = { milliseconds: 200 };
  const config = sourceSchema.parse({
    type: 'kubernetes',
    id: 'prod',
    connection,
    quietPeriod,
    ...more,
  });
  if (config.type !== 'kubernetes') throw new Error('not a kubernetes source');
  return new KubernetesSource(config, readCluster);
}

async function contentOf(answer: SourceAnswer | undefined) {
  if (answer?.kind !== 'meshes') throw new Error('nothing was read');
  const [reading] = answer.readings;
  if (reading === undefined || !('packed' in reading)) throw new Error('nothing is packed');
  return { digest: reading.packed.digest, ...(await unpackSnapshot(reading.packed.bytes)) };
}
const kindsOf = ({ resources }: { readonly resources: readonly { readonly value: unknown }[] }) =>
  resources.map(({ value }) => /"kind":"(\w+)"/.exec(JSON.stringify(value))?.[1]);
const signal = new AbortController().signal;
const read = async (source: KubernetesSource) => contentOf(await source.read({ signal }));

const pod = (restartCount: number): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { containers: [{ name: 'web', image: 'registry.example/web:1' }] },
  status: { phase: 'Running', containerStatuses: [{ name: 'web', restartCount }] },
});

describe('a cluster that is listed', () => {
  test('is one mesh in a fixed order, and never holds Secrets or the token', async () => {
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'db', namespace: 'shop' },
      data: { password: 'c2VjcmV0' },
    };
    const server = await cluster([service('web'), secret]);
    const source = sourceOf(server, { istioVersion: '1.30', cluster: 'prod' });
    const content = await read(source);
    expect(kindsOf(content)).toEqual(['ConfigMap', 'Deployment', 'Namespace', 'Service']);
    expect(content.options).toEqual({ istioVersion: '1.30' });
    expect(content.issues).toEqual([]);
    expect(JSON.stringify(content)).not.toContain('c2VjcmV0');
    expect(JSON.stringify(content)).not.toContain(token);
    expect(server.requests.map(({ resource }) => resource)).not.toContain('secrets');
    expect((await read(source)).digest).toBe(content.digest);
  });

  test('has the same snapshot after restarts of containers and writes that change nothing', async () => {
    const server = await cluster([pod(0)]);
    const { digest } = await read(sourceOf(server));
    server.put(pod(1));
    expect((await read(sourceOf(server))).digest).toBe(digest);
    server.put(service('web'));
    expect((await read(sourceOf(server))).digest).not.toBe(digest);
  });

  test('of which a kind may not be read says so, and is read otherwise', async () => {
    const server = await cluster([service('web')]);
    server.fail({ kind: 'forbidden', resource: 'services' });
    const { options, issues, resources } = await read(sourceOf(server));
    expect(options.unreadKinds).toEqual(['Service']);
    expect(issues).toHaveLength(1);
    expect(JSON.stringify(issues)).toContain('ervice');
    expect(kindsOf({ resources })).toEqual(['ConfigMap', 'Deployment', 'Namespace']);
  });

  test('is named by the namespaces that are read', async () => {
    const other = { ...service('web'), metadata: { name: 'web', namespace: 'other' } };
    const server = await cluster([service('web'), other]);
    const content = await read(sourceOf(server, { namespaces: ['shop'] }));
    expect(JSON.stringify(content)).not.toContain('"namespace":"other"');
    expect(kindsOf(content)).toContain('Service');
  });

  const failure = async (reading: Promise<unknown>) =>
    reading.then(
      () => new Error('it was read'),
      (error: Error) => error,
    );

  test.each([
    ['does not accept the credentials', (server: FakeKubernetes) => server.renewToken('another')],
    ['cannot be reached', (server: FakeKubernetes) => server.close()],
  ])('that %s cannot be read, in words for people and without the token', async (words, harm) => {
    const server = await startFakeKubernetes({ objects, token });
    closing.push(() => server.close().catch(() => undefined));
    await harm(server);
    const { message } = await failure(read(sourceOf(server, { timeout: { seconds: 20 } })));
    expect(message).toContain(words);
    expect(message).not.toContain(token);
  });

  test('that is slow is given up in time', async () => {
    const server = await cluster();
    server.fail({ kind: 'slow', milliseconds: 60_000 });
    const { message } = await failure(read(sourceOf(server, { timeout: { seconds: 1 } })));
    expect(message).toContain('has not been read within 1 s: raise `timeout`');
  });

  test('whose kubeconfig is not there is told without the place on the machine', async () => {
    const path = '/nowhere/on/this/machine/config';
    const source = sourceOf({ url: '' }, { connection: { kind: 'kubeconfig', path } });
    const { message } = await failure(read(source));
    expect(message).toContain('`connection.path`: there is no such file');
    expect(message).not.toContain('/nowhere');
  });
});

interface Followed {
  readonly answers: readonly SourceAnswer[];
  readonly failures: readonly string[];
  readonly stop: () => Promise<void>;
}

function follow(source: KubernetesSource): Followed {
  const end = new AbortController();
  const answers: SourceAnswer[] = [];
  const failures: string[] = [];
  const request: FollowRequest = {
    signal: end.signal,
    onAnswer: async answer => {
      answers.push(answer);
    },
    onFailure: async ({ message }) => {
      failures.push(message);
    },
  };
  const ended = source.follow?.(request) ?? Promise.reject(new Error('it is not followed'));
  const stop = async () => {
    end.abort();
    await ended;
  };
  closing.push(stop);
  ended.catch(() => undefined);
  return { answers, failures, stop };
}

async function until(what: string, done: () => boolean): Promise<void> {
  for (let tries = 0; tries < 900; tries += 1) {
    if (done()) return;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  throw new Error(`it did not happen: ${what}`);
}

const snapshots = ({ answers }: Followed) => answers.filter(({ kind }) => kind === 'meshes');
const named = async ({ answers }: Followed) => {
  const content = await contentOf(answers.filter(({ kind }) => kind === 'meshes').at(-1));
  return JSON.stringify(content.resources);
};

describe('a cluster that is followed', () => {
  test('tells each change once it is quiet, and ends with the signal', async () => {
    const server = await cluster();
    const followed = follow(sourceOf(server));
    await until('the first snapshot', () => snapshots(followed).length === 1);
    await until('it is watched', () => server.openWatches() > 5);
    server.put(service('new-one'));
    server.put(service('new-two'));
    await until('the second snapshot', () => snapshots(followed).length === 2);
    expect(await named(followed)).toContain('new-two');
    await followed.stop();
    await until('no watch is left', () => server.openWatches() === 0);
    expect(followed.failures).toEqual([]);
  });

  test('tells no snapshot for changes that no answer depends on', async () => {
    const server = await cluster([pod(0)]);
    const followed = follow(sourceOf(server));
    await until('the first snapshot', () => snapshots(followed).length === 1);
    await until('it is watched', () => server.openWatches() > 5);
    server.put(pod(1));
    await until('it is called unchanged', () => followed.answers.length > 1);
    expect(snapshots(followed)).toHaveLength(1);
  });

  test.each([
    ['forgets old versions', { kind: 'gone', verb: 'watch', times: 3 }],
    ['cuts its connections', { kind: 'cut', after: 0, verb: 'watch', times: 5 }],
    ['is too busy for a while', { kind: 'too-many-requests', retryAfterSeconds: 1, times: 3 }],
    ['talks nonsense for a while', { kind: 'malformed', verb: 'watch', times: 3 }],
  ] as const)('that %s is followed all the same', async (_, fault) => {
    const server = await cluster();
    const followed = follow(sourceOf(server));
    await until('the first snapshot', () => snapshots(followed).length === 1);
    await until('it is watched', () => server.openWatches() > 5);
    server.fail(fault);
    server.put(service('after-the-fault'));
    for (let round = 0; ; round += 1) {
      if (snapshots(followed).length > 1 && (await named(followed)).includes('after-the-fault'))
        break;
      if (round > 600) throw new Error('the change never came');
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  });

  test('that goes away is told, and told again when it is back with what has changed', async () => {
    const server = await startFakeKubernetes({ objects, token });
    const { port } = new URL(server.url);
    const followed = follow(sourceOf(server));
    await until('the first snapshot', () => snapshots(followed).length === 1);
    await until('it is watched', () => server.openWatches() > 5);
    await server.close();
    await until('the failure', () => followed.failures.length > 0);
    expect(followed.failures[0]).toContain('cannot be reached');
    const told = followed.answers.length;
    const back = await startFakeKubernetes({
      objects: [...objects, service('back-again')],
      token,
      port: Number(port),
    });
    closing.unshift(() => back.close());
    await until('it is well again', () => followed.answers.length > told);
    for (let round = 0; !(await named(followed)).includes('back-again'); round += 1) {
      if (round > 600) throw new Error('the change never came');
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  });

  test('whose token is no longer accepted is told, without the token', async () => {
    const server = await cluster();
    const followed = follow(sourceOf(server));
    await until('the first snapshot', () => snapshots(followed).length === 1);
    await until('it is watched', () => server.openWatches() > 5);
    server.renewToken('another');
    server.fail({ kind: 'cut', after: 0 });
    server.calm();
    await until('the failure', () => followed.failures.length > 0);
    expect(followed.failures.join()).toContain('does not accept the credentials');
    expect(followed.failures.join()).not.toContain(token);
  });

  test('that cannot be read at first is a failure', async () => {
    const server = await cluster();
    server.renewToken('another');
    const request: FollowRequest = {
      signal,
      onAnswer: async () => undefined,
      onFailure: async () => undefined,
    };
    await expect(sourceOf(server).follow?.(request)).rejects.toThrow(
      'does not accept the credentials',
    );
  });
});
