import { afterEach, expect, test } from 'vitest';
import type { JsonObject } from '../json-object';
import {
  type FakeClient,
  namesOf,
  saidOf,
  startWithClient,
  type WatchLines,
} from '../testing/fake-client';
import { pod, serviceEntry } from '../testing/manifests';

let client: FakeClient;
afterEach(() => client.fake.close());

const start = async (...objects: readonly JsonObject[]) => {
  client = await startWithClient({ objects });
};
const said = async (lines: WatchLines) => saidOf(await lines.next());
const podRef = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop' },
});

test('a watch from a version on tells what came after it, then what happens', async () => {
  await start(pod('a'), pod('b'));
  const lines = await client.watch('/api/v1/pods?watch=true&resourceVersion=1001');
  expect(await said(lines)).toBe('ADDED b');
  client.fake.put(pod('a', 'shop', { new: 'yes' }));
  client.fake.remove(podRef('b'));
  expect(await lines.next()).toMatchObject({
    type: 'MODIFIED',
    object: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { labels: { new: 'yes' }, resourceVersion: '1003' },
    },
  });
  expect(await lines.next()).toMatchObject({
    type: 'DELETED',
    object: { metadata: { name: 'b', resourceVersion: '1004' } },
  });
});

test.each(['', '&resourceVersion=0'])('a watch%s begins with the present state', async query => {
  await start(pod('a'), pod('b', 'bank'));
  const lines = await client.watch(`/api/v1/pods?watch=1${query}`);
  expect([await said(lines), await said(lines)]).toEqual(['ADDED b', 'ADDED a']);
});

test('a watch tells nothing of other resources and namespaces', async () => {
  await start(pod('a'));
  const lines = await client.watch('/api/v1/namespaces/shop/pods?watch=1&resourceVersion=1001');
  client.fake.put(serviceEntry('se', 'example.com'));
  client.fake.put(pod('elsewhere', 'bank'));
  client.fake.put(pod('here'));
  expect(await said(lines)).toBe('ADDED here');
});

test('of what a selector chooses, objects come and go as they match', async () => {
  await start(pod('a', 'shop', { app: 'x' }));
  const lines = await client.watch(
    '/api/v1/pods?watch=1&resourceVersion=1001&labelSelector=app%3Dx',
  );
  client.fake.put(pod('a', 'shop', { app: 'y' }));
  client.fake.put(pod('a', 'shop', { app: 'y', still: 'no' }));
  client.fake.put(pod('a', 'shop', { app: 'x' }));
  client.fake.put(pod('a', 'shop', { app: 'x', more: 'yes' }));
  expect(await lines.next()).toMatchObject({
    type: 'DELETED',
    object: { metadata: { labels: { app: 'x' }, resourceVersion: '1002' } },
  });
  expect([await said(lines), await said(lines)]).toEqual(['ADDED a', 'MODIFIED a']);
});

test('one object is watched by its name', async () => {
  await start(pod('a'), pod('b'));
  const lines = await client.watch(
    '/api/v1/namespaces/shop/pods?watch=1&fieldSelector=metadata.name%3Db',
  );
  expect(await said(lines)).toBe('ADDED b');
});

test('bookmarks say how far the watch has come, to who asked for them', async () => {
  await start(pod('a'));
  const plain = await client.watch('/api/v1/pods?watch=1&resourceVersion=1001');
  const marked = await client.watch(
    '/api/v1/pods?watch=1&resourceVersion=1001&allowWatchBookmarks=true',
  );
  client.fake.put(serviceEntry('se', 'example.com'));
  client.fake.bookmark();
  client.fake.put(pod('b'));
  expect(await marked.next()).toEqual({
    type: 'BOOKMARK',
    object: {
      kind: 'Pod',
      apiVersion: 'v1',
      metadata: { resourceVersion: '1002', creationTimestamp: null },
    },
  });
  expect(await said(marked)).toBe('ADDED b');
  expect(await said(plain)).toBe('ADDED b');
});

test('a watch ends in order after its time, with a bookmark', async () => {
  await start(pod('a'), serviceEntry('se', 'example.com'));
  const lines = await client.watch(
    '/api/v1/pods?watch=1&resourceVersion=1001&allowWatchBookmarks=1&timeoutSeconds=1',
  );
  expect([await said(lines), await said(lines)]).toEqual(['BOOKMARK 1002', 'end']);
});

test('a watch from a compacted version is told so in its stream, which ends', async () => {
  await start(pod('a'), pod('b'));
  client.fake.compact();
  const lines = await client.watch('/api/v1/pods?watch=1&resourceVersion=1001');
  expect(lines.code).toBe(200);
  expect(await lines.next()).toEqual({
    type: 'ERROR',
    object: {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'too old resource version: 1001 (1002)',
      reason: 'Expired',
      code: 410,
    },
  });
  expect(await said(lines)).toBe('end');
});

test('a watch from the version of a compaction goes on', async () => {
  await start(pod('a'), pod('b'));
  client.fake.compact();
  const lines = await client.watch('/api/v1/pods?watch=1&resourceVersion=1002');
  client.fake.put(pod('c'));
  expect(await said(lines)).toBe('ADDED c');
});

test('a watch from a version that is not yet is told nothing of what is before it', async () => {
  await start(pod('a'));
  const lines = await client.watch(
    '/api/v1/pods?watch=1&resourceVersion=1003&allowWatchBookmarks=1',
  );
  expect(lines.code).toBe(200);
  client.fake.put(pod('b'));
  client.fake.bookmark();
  client.fake.put(pod('c'));
  client.fake.bookmark();
  client.fake.put(pod('d'));
  expect(await said(lines)).toBe('ADDED d');
});

test('a backup that is put back: what came after it is gone, versions go on from it, watches are cut', async () => {
  await start(pod('a'));
  const backup = client.fake.version();
  client.fake.put(pod('b'));
  client.fake.remove(podRef('a'));
  const lines = await client.watch('/api/v1/pods?watch=1&resourceVersion=1003');
  client.fake.restore(backup);
  await expect(lines.next()).rejects.toThrow();
  const { body } = await client.get('/api/v1/pods');
  expect(body).toMatchObject({ metadata: { resourceVersion: '1001' } });
  expect(namesOf(body)).toEqual(['a']);
  client.fake.put(pod('c'));
  const after = await client.watch('/api/v1/pods?watch=1&resourceVersion=1001');
  expect(await after.next()).toMatchObject({ object: { metadata: { resourceVersion: '1002' } } });
});

test('events of the beginning are refused, as by a server that does not know them', async () => {
  await start(pod('a'));
  const { code, body } = await client.get('/api/v1/pods?watch=1&sendInitialEvents=true');
  expect(code).toBe(422);
  expect(body.message).toBe(
    'ListOptions.meta.k8s.io "" is invalid: sendInitialEvents: Forbidden: sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled',
  );
});

test('a client that leaves is forgotten', async () => {
  await start(pod('a'));
  const lines = await client.watch('/api/v1/pods?watch=1');
  expect(await said(lines)).toBe('ADDED a');
  expect(client.fake.openWatches()).toBe(1);
  lines.leave();
  await expect.poll(() => client.fake.openWatches(), { timeout: 30_000 }).toBe(0);
});
