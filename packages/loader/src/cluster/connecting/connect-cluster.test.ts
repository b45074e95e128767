import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FakeKubernetes, startFakeKubernetes } from 'fake-kubernetes';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type ClusterConfig, ClusterError, connectCluster, listCluster } from '..';
import { pod } from '../testing/manifests';
import { quick, token } from '../testing/start-cluster';

let fake: FakeKubernetes;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kubeconfig-'));
  fake = await startFakeKubernetes({ objects: [pod('shop/a')], token });
});
afterAll(async () => {
  await fake.close();
  rmSync(folder, { recursive: true });
});
const environment = { ...process.env };
afterEach(() => {
  process.env.KUBECONFIG = environment.KUBECONFIG;
  if (environment.KUBECONFIG === undefined) delete process.env.KUBECONFIG;
});

function fileOf(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** The error that a connection ends with; its text holds no token. */
async function errorOf(config: ClusterConfig): Promise<ClusterError> {
  const error = await connectCluster(config, { pace: quick }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ClusterError)) throw new Error(`no ClusterError: ${error}`);
  expect(`${error.message}${error.stack}${JSON.stringify(error)}`).not.toContain(token);
  return error;
}

const connect = (config: ClusterConfig) => connectCluster(config, { pace: quick });

describe('a kubeconfig', () => {
  test('names the server, the account and the cluster', async () => {
    const cluster = await connect({ kind: 'kubeconfig', path: fileOf('good', fake.kubeconfig()) });
    expect(cluster).toMatchObject({ name: 'fake', server: fake.url, version: 'v1.32.4' });
    expect((await listCluster(cluster)).resources).toHaveLength(1);
  });

  test('is the one of KUBECONFIG, of which some files may be missing', async () => {
    process.env.KUBECONFIG = [join(folder, 'missing'), fileOf('env', fake.kubeconfig())].join(':');
    expect((await connect({ kind: 'kubeconfig' })).name).toBe('fake');
  });

  test('of two entries with one name the first counts', async () => {
    const other = fake.kubeconfig().replaceAll(fake.url, 'http://127.0.0.1:1');
    process.env.KUBECONFIG = [fileOf('a', fake.kubeconfig()), fileOf('b', other)].join(':');
    expect((await connect({ kind: 'kubeconfig' })).server).toBe(fake.url);
  });

  test('may name a program that makes the token', async () => {
    const program = fileOf(
      'sign-in',
      `#!/bin/sh\necho '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"${token}"}}'\n`,
    );
    chmodSync(program, 0o755);
    const exec = `exec: { apiVersion: client.authentication.k8s.io/v1, command: ${program} }`;
    const text = fake.kubeconfig().replace(`token: ${token}`, exec);
    expect((await connect({ kind: 'kubeconfig', path: fileOf('exec', text) })).name).toBe('fake');
  });

  test('whose program fails is told, without what could be a token', async () => {
    const program = fileOf('fails', `#!/bin/sh\necho "Bearer ${token} is no good" >&2\nexit 1\n`);
    chmodSync(program, 0o755);
    const exec = `exec: { apiVersion: client.authentication.k8s.io/v1, command: ${program} }`;
    const text = fake.kubeconfig().replace(`token: ${token}`, exec);
    const error = await errorOf({ kind: 'kubeconfig', path: fileOf('exec-fails', text) });
    expect(error).toMatchObject({ code: 'unauthorized' });
    expect(error.message).toContain('is no good');
  });

  test('that is no YAML is told without a line of it', async () => {
    const path = fileOf('broken', `users: [{ user: { token: ${token} }`);
    expect(await errorOf({ kind: 'kubeconfig', path })).toMatchObject({ code: 'kubeconfig' });
  });

  test('that is not there, empty, or lacks the context is told', async () => {
    const path = fileOf('one', fake.kubeconfig());
    const missing = await errorOf({ kind: 'kubeconfig', path: join(folder, 'none') });
    expect(missing.message).toContain('there is no such file');
    const context = await errorOf({ kind: 'kubeconfig', path, context: 'prod' });
    expect(context.message).toMatch(/no context `prod` \(contexts: fake\)$/);
    const empty = await errorOf({ kind: 'kubeconfig', path: fileOf('empty', '') });
    expect(empty.code).toBe('kubeconfig');
  });
});

describe('a token', () => {
  test('that is refused is told', async () => {
    const error = await errorOf({ kind: 'token', server: fake.url, token: `${token}-old` });
    expect(error).toMatchObject({ code: 'unauthorized' });
  });

  test('is not sent over plain http to another machine', async () => {
    const error = await errorOf({ kind: 'token', server: 'http://cluster.example', token });
    expect(error.message).toContain('without encryption');
  });

  test('that cannot be a header is told', async () => {
    const error = await errorOf({ kind: 'token', server: fake.url, token: `${token}\nx` });
    expect(error).toBeInstanceOf(ClusterError);
  });
});

describe('a server', () => {
  test('that is not there is told', async () => {
    const error = await errorOf({ kind: 'token', server: 'http://127.0.0.1:1', token });
    expect(error).toMatchObject({ code: 'unreachable' });
    expect(error.message).toContain('http://127.0.0.1:1');
  });

  test('that is no URL is told', async () => {
    expect(await errorOf({ kind: 'token', server: 'cluster', token })).toMatchObject({
      code: 'kubeconfig',
    });
  });

  test('with https is trusted when its authority is named, and not otherwise', async () => {
    const secure = await startFakeKubernetes({ objects: [pod('shop/a')], token, tls: true });
    try {
      const path = fileOf('tls', secure.kubeconfig());
      expect((await connect({ kind: 'kubeconfig', path })).server).toBe(secure.url);
      const error = await errorOf({ kind: 'token', server: secure.url, token });
      expect(error.message).toContain('is not trusted');
      const blind = { kind: 'token', server: secure.url, token, skipTLSVerify: true } as const;
      expect((await connect(blind)).server).toBe(secure.url);
    } finally {
      await secure.close();
    }
  });
});

test('outside of a pod there is no account of a pod', async () => {
  expect(await errorOf({ kind: 'in-cluster' })).toMatchObject({ code: 'kubeconfig' });
});

test('a signal ends the connection', async () => {
  const config = { kind: 'token', server: fake.url, token } as const;
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(connectCluster(config, { signal, pace: quick })).rejects.toThrow('enough');
});
