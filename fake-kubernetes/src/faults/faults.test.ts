import { afterEach, expect, test } from 'vitest';
import { objectAt } from '../json-object';
import { type FakeClient, namesOf, saidOf, startWithClient } from '../testing/fake-client';
import { namespace, pod } from '../testing/manifests';

let client: FakeClient;
afterEach(() => client.fake.close());

const start = async () => {
  client = await startWithClient({ objects: [namespace('shop'), pod('a'), pod('b')] });
};
const pods = '/api/v1/pods';
const shop = '/api/v1/namespaces/shop/pods';

test('gone: a list that goes on is told so, one that begins is not', async () => {
  await start();
  client.fake.fail({ kind: 'gone' });
  const first = await client.get(`${pods}?limit=1`);
  expect(first.code).toBe(200);
  const token = encodeURIComponent(String(objectAt(first.body, 'metadata').continue));
  const second = await client.get(`${pods}?limit=1&continue=${token}`);
  expect(second.body).toMatchObject({ code: 410, reason: 'Expired' });
  expect(objectAt(second.body, 'metadata').continue).toBeTypeOf('string');
});

test('gone: a watch from a version on is told in its stream, one from the present state is not', async () => {
  await start();
  client.fake.fail({ kind: 'gone' });
  const resumed = await client.watch(`${pods}?watch=1&resourceVersion=1003`);
  expect(await resumed.next()).toMatchObject({
    type: 'ERROR',
    object: { code: 410, reason: 'Expired' },
  });
  expect(await resumed.next()).toBeUndefined();
  const fresh = await client.watch(`${pods}?watch=1`);
  expect(saidOf(await fresh.next())).toBe('ADDED a');
});

test('gone: a watch is told by the status where the fault says so', async () => {
  await start();
  client.fake.fail({ kind: 'gone', status: true });
  const { code, body } = await client.get(`${pods}?watch=1&resourceVersion=1003`);
  expect(code).toBe(410);
  expect(body).toMatchObject({
    reason: 'Expired',
    message: 'The resourceVersion for the provided watch is too old.',
  });
});

test('gone: a watch that is open is told, too', async () => {
  await start();
  const lines = await client.watch(`${pods}?watch=1&resourceVersion=1003`);
  client.fake.fail({ kind: 'gone', resource: 'pods', times: 1 });
  expect(await lines.next()).toMatchObject({ type: 'ERROR', object: { code: 410 } });
  expect(await lines.next()).toBeUndefined();
  expect(client.fake.openWatches()).toBe(0);
});

test('too-many-requests: so many times, with the time to wait, and no Status', async () => {
  await start();
  client.fake.fail({ kind: 'too-many-requests', retryAfterSeconds: 7, times: 2 });
  for (let time = 0; time < 2; time += 1) {
    const { code, text, headers } = await client.text(pods);
    expect(code).toBe(429);
    expect(headers.get('retry-after')).toBe('7');
    expect(text).toBe('Too many requests, please try again later.\n');
  }
  expect((await client.get(pods)).code).toBe(200);
});

test('slow: the answer comes, later', async () => {
  await start();
  client.fake.fail({ kind: 'slow', milliseconds: 200, times: 1 });
  const began = Date.now();
  expect(namesOf((await client.get(pods)).body)).toEqual(['a', 'b']);
  expect(Date.now() - began).toBeGreaterThanOrEqual(190);
});

test('slow: a watch whose client left meanwhile is not begun', async () => {
  await start();
  client.fake.fail({ kind: 'slow', milliseconds: 300, times: 1 });
  const aborter = new AbortController();
  const pending = fetch(`${client.fake.url}${pods}?watch=1`, { signal: aborter.signal });
  await expect.poll(() => client.fake.requests.length, { timeout: 30_000 }).toBe(1);
  aborter.abort();
  await expect(pending).rejects.toThrow();
  await new Promise(resolve => setTimeout(resolve, 500));
  expect(client.fake.openWatches()).toBe(0);
});

test('slow and another fault of the same request come together', async () => {
  await start();
  client.fake.fail({ kind: 'slow', milliseconds: 50, times: 1 });
  client.fake.fail({ kind: 'server-error', times: 1 });
  expect((await client.get(pods)).code).toBe(500);
  expect((await client.get(pods)).code).toBe(200);
});

test('cut: a list breaks off after so many bytes', async () => {
  await start();
  client.fake.fail({ kind: 'cut', after: 20, times: 1 });
  const response = await fetch(client.fake.url + pods);
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow();
  expect((await client.get(pods)).code).toBe(200);
});

test('cut: a watch breaks off after so many events', async () => {
  await start();
  client.fake.fail({ kind: 'cut', after: 1, verb: 'watch', times: 1 });
  const lines = await client.watch(`${pods}?watch=1`);
  expect(saidOf(await lines.next())).toBe('ADDED a');
  await expect(lines.next()).rejects.toThrow();
});

test('cut: an open watch breaks off though another fault waits for its next request', async () => {
  await start();
  const lines = await client.watch(`${pods}?watch=1&resourceVersion=1003`);
  client.fake.fail({ kind: 'server-error', verb: 'watch', times: 1 });
  client.fake.fail({ kind: 'gone', status: true, verb: 'watch', times: 1 });
  client.fake.fail({ kind: 'cut', after: 0, verb: 'watch', times: 1 });
  await expect(lines.next()).rejects.toThrow();
  const again = `${pods}?watch=1&resourceVersion=1003`;
  expect((await client.get(again)).code).toBe(500);
  expect((await client.get(again)).code).toBe(410);
});

test('cut: a watch that is open breaks off at once, or after so many events more', async () => {
  await start();
  const first = await client.watch(`${pods}?watch=1&resourceVersion=1003`);
  client.fake.fail({ kind: 'cut', after: 0, times: 1 });
  await expect(first.next()).rejects.toThrow();
  const second = await client.watch(`${pods}?watch=1&resourceVersion=1003`);
  client.fake.fail({ kind: 'cut', after: 1, times: 1 });
  client.fake.put(pod('c'));
  client.fake.put(pod('d'));
  expect(saidOf(await second.next())).toBe('ADDED c');
  await expect(second.next()).rejects.toThrow();
});

test.each([
  [
    pods,
    'pods is forbidden: User "U" cannot list resource "pods" in API group "" at the cluster scope',
    { kind: 'pods' },
  ],
  [
    shop,
    'pods is forbidden: User "U" cannot list resource "pods" in API group "" in the namespace "shop"',
    { kind: 'pods' },
  ],
  [
    `${shop}?watch=true`,
    'pods is forbidden: User "U" cannot watch resource "pods" in API group "" in the namespace "shop"',
    { kind: 'pods' },
  ],
  [
    `${shop}/a`,
    'pods "a" is forbidden: User "U" cannot get resource "pods" in API group "" in the namespace "shop"',
    { name: 'a', kind: 'pods' },
  ],
  [
    '/apis/networking.istio.io/v1/sidecars',
    'sidecars.networking.istio.io is forbidden: User "U" cannot list resource "sidecars" in API group "networking.istio.io" at the cluster scope',
    { group: 'networking.istio.io', kind: 'sidecars' },
  ],
])('forbidden: %s', async (path, message, details) => {
  client = await startWithClient({ objects: [pod('a')], user: 'U' });
  client.fake.fail({ kind: 'forbidden' });
  const { code, body } = await client.get(path);
  expect(code).toBe(403);
  expect(body).toEqual({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason: 'Forbidden',
    details,
    code: 403,
  });
});

test('forbidden: discovery is for everyone', async () => {
  await start();
  client.fake.fail({ kind: 'forbidden' });
  expect((await client.get('/api/v1')).code).toBe(200);
});

test('forbidden: at cluster scope only, or in one namespace only', async () => {
  await start();
  client.fake.fail({ kind: 'forbidden', within: 'cluster' });
  expect((await client.get(pods)).code).toBe(403);
  expect((await client.get(shop)).code).toBe(200);
  client.fake.calm();
  client.fake.fail({ kind: 'forbidden', within: { namespace: 'shop' } });
  expect((await client.get(pods)).code).toBe(200);
  expect((await client.get(shop)).code).toBe(403);
  expect((await client.get('/api/v1/namespaces/bank/pods')).code).toBe(200);
});

test('server-error: a Status with what went wrong', async () => {
  await start();
  client.fake.fail({ kind: 'server-error', times: 1 });
  const { code, body } = await client.get(pods);
  expect(code).toBe(500);
  expect(body).toMatchObject({
    reason: 'InternalError',
    message: 'Internal error occurred: etcdserver: request timed out',
  });
});

test('malformed: 200 and no JSON', async () => {
  await start();
  client.fake.fail({ kind: 'malformed', times: 1 });
  const { code, text } = await client.text(pods);
  expect(code).toBe(200);
  expect(() => JSON.parse(text)).toThrow();
});

test('a fault of one resource, or of one verb, leaves the others alone', async () => {
  await start();
  client.fake.fail({ kind: 'server-error', resource: 'pods', verb: 'list' });
  expect((await client.get(pods)).code).toBe(500);
  expect((await client.get(`${shop}/a`)).code).toBe(200);
  expect((await client.get('/api/v1/namespaces')).code).toBe(200);
  expect((await client.get('/version')).code).toBe(200);
});

test('calm ends all faults', async () => {
  await start();
  client.fake.fail({ kind: 'server-error' });
  client.fake.fail({ kind: 'slow', milliseconds: 60_000 });
  client.fake.calm();
  expect((await client.get(pods)).code).toBe(200);
});
