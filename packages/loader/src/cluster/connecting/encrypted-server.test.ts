import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FakeKubernetes, startFakeKubernetes } from 'fake-kubernetes';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectCluster } from '.';

const token = 'a-token-that-nobody-may-see';
let fake: FakeKubernetes;
beforeEach(async () => {
  fake = await startFakeKubernetes({ objects: [], token, tls: true });
});
afterEach(() => fake.close());

const connect = (more: { readonly caData?: string; readonly skipTLSVerify?: boolean } = {}) =>
  connectCluster({ kind: 'token', server: fake.url, token, ...more });

describe('a server whose certificate is its own', () => {
  test('is trusted by its authority', async () => {
    const caData = fake.authority ?? '';
    expect(await connect({ caData })).toMatchObject({ server: fake.url, version: 'v1.32.4' });
  });

  test('is trusted unseen where that is asked for', async () => {
    expect(await connect({ skipTLSVerify: true })).toMatchObject({ version: 'v1.32.4' });
  });

  test('is not trusted without it, and is not asked anything', async () => {
    await expect(connect()).rejects.toMatchObject({
      name: 'ClusterError',
      code: 'unreachable',
      reason: expect.stringContaining('is not trusted'),
    });
    expect(fake.requests).toEqual([]);
  });

  test('is not trusted by another authority', async () => {
    const other = await startFakeKubernetes({ objects: [], tls: true });
    await expect(connect({ caData: other.authority ?? '' })).rejects.toMatchObject({
      reason: expect.stringContaining('is not trusted'),
    });
    await other.close();
  });

  test('is not trusted once another was trusted unseen', async () => {
    await connect({ skipTLSVerify: true });
    await expect(connect()).rejects.toMatchObject({
      reason: expect.stringContaining('is not trusted'),
    });
  });

  test('is found by its kubeconfig', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'kubeconfig-'));
    const path = join(directory, 'config');
    writeFileSync(path, fake.kubeconfig());
    expect(await connectCluster({ kind: 'kubeconfig', path })).toMatchObject({
      name: 'fake',
      server: fake.url,
    });
    rmSync(directory, { recursive: true });
  });
});

test('https to a server that speaks none is told as what it is', async () => {
  const plain = await startFakeKubernetes({ objects: [] });
  const server = plain.url.replace('http:', 'https:');
  const failure = await connectCluster({ kind: 'token', server, token }).catch(
    (error: unknown) => error,
  );
  await plain.close();
  expect(failure).toMatchObject({ name: 'ClusterError', code: 'unreachable' });
  expect(String(failure)).not.toContain(token);
});

test('a server behind a path is asked below it', async () => {
  const basePath = '/k8s/clusters/c-1';
  const proxied = await startFakeKubernetes({ objects: [], token, basePath });
  const cluster = await connectCluster({ kind: 'token', server: proxied.url, token });
  await proxied.close();
  expect(cluster.server).toBe(proxied.url);
  expect(proxied.requests.map(({ path }) => path)).toEqual([`${basePath}/version`]);
});
