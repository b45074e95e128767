import { afterEach, expect, test } from 'vitest';
import { type JsonObject, objectAt } from '../json-object';
import { type FakeClient, namesOf, startWithClient } from '../testing/fake-client';
import { namespace, pod, serviceEntry } from '../testing/manifests';

let client: FakeClient;
afterEach(() => client.fake.close());

const start = async (...objects: readonly JsonObject[]) => {
  client = await startWithClient({ objects });
};
const metadataOf = (body: JsonObject) => objectAt(body, 'metadata');
const more = (body: JsonObject) => encodeURIComponent(String(metadataOf(body).continue));

test('a list has its objects in the order of namespace and name, and the version it is of', async () => {
  await start(pod('b'), pod('a'), pod('c', 'bank'));
  const { body } = await client.get('/api/v1/pods');
  expect(body).toMatchObject({ kind: 'PodList', apiVersion: 'v1' });
  expect(metadataOf(body)).toEqual({ resourceVersion: '1003' });
  expect(namesOf(body)).toEqual(['c', 'a', 'b']);
});

test('a list of a namespace has only its objects, one of an unknown namespace none', async () => {
  await start(pod('a'), pod('c', 'bank'), pod('d', 'shop-2'));
  expect(namesOf((await client.get('/api/v1/namespaces/shop/pods')).body)).toEqual(['a']);
  expect(namesOf((await client.get('/api/v1/namespaces/none/pods')).body)).toEqual([]);
});

test('items of built-in resources have no kind, items of custom resources do', async () => {
  await start(pod('a'), serviceEntry('se', 'example.com'));
  const pods = await client.get('/api/v1/pods');
  const entries = await client.get('/apis/networking.istio.io/v1/serviceentries');
  expect(pods.body.items).toEqual([expect.not.objectContaining({ kind: expect.anything() })]);
  expect(entries.body.items).toMatchObject([
    { kind: 'ServiceEntry', apiVersion: 'networking.istio.io/v1' },
  ]);
});

test('an object is listed in each version that its resource is served in', async () => {
  await start(serviceEntry('se', 'example.com'));
  const { body } = await client.get('/apis/networking.istio.io/v1beta1/serviceentries');
  expect(body.apiVersion).toBe('networking.istio.io/v1beta1');
  expect(body.items).toMatchObject([{ apiVersion: 'networking.istio.io/v1beta1' }]);
});

test('pages say how many objects remain and go on after the last one', async () => {
  await start(pod('a'), pod('b'), pod('c'), pod('d'), pod('e'));
  const first = await client.get('/api/v1/pods?limit=2');
  expect(namesOf(first.body)).toEqual(['a', 'b']);
  expect(metadataOf(first.body)).toMatchObject({ remainingItemCount: 3 });
  const second = await client.get(`/api/v1/pods?limit=2&continue=${more(first.body)}`);
  expect(namesOf(second.body)).toEqual(['c', 'd']);
  const third = await client.get(`/api/v1/pods?limit=2&continue=${more(second.body)}`);
  expect(namesOf(third.body)).toEqual(['e']);
  expect(metadataOf(third.body)).toEqual({ resourceVersion: '1005' });
});

test('pages of a namespace end with it', async () => {
  await start(pod('a'), pod('b'), pod('c'), pod('z', 'zoo'));
  const first = await client.get('/api/v1/namespaces/shop/pods?limit=2');
  expect(metadataOf(first.body)).toMatchObject({ remainingItemCount: 1 });
  const second = await client.get(
    `/api/v1/namespaces/shop/pods?limit=2&continue=${more(first.body)}`,
  );
  expect(namesOf(second.body)).toEqual(['c']);
  expect(metadataOf(second.body).continue).toBeUndefined();
});

test('a list goes on at the version it began with, whatever happens meanwhile', async () => {
  await start(pod('a'), pod('c'), pod('d'));
  const first = await client.get('/api/v1/pods?limit=1');
  client.fake.put(pod('b'));
  client.fake.put(pod('d', 'shop', { changed: 'yes' }));
  client.fake.remove({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'c', namespace: 'shop' } });
  const second = await client.get(`/api/v1/pods?limit=5&continue=${more(first.body)}`);
  expect(namesOf(second.body)).toEqual(['c', 'd']);
  expect(metadataOf(second.body).resourceVersion).toBe('1003');
  expect(JSON.stringify(second.body)).not.toContain('changed');
  expect(namesOf((await client.get('/api/v1/pods')).body)).toEqual(['a', 'b', 'd']);
});

test('where a selector filters, how many remain is not said', async () => {
  await start(pod('a', 'shop', { app: 'x' }), pod('b', 'shop', { app: 'x' }), pod('c'));
  const { body } = await client.get('/api/v1/pods?limit=1&labelSelector=app%3Dx');
  expect(metadataOf(body).continue).toBeTypeOf('string');
  expect(metadataOf(body).remainingItemCount).toBeUndefined();
});

test('version 0 is answered by the cache, which knows no pages', async () => {
  await start(pod('a'), pod('b'));
  const { body } = await client.get('/api/v1/pods?limit=1&resourceVersion=0');
  expect(namesOf(body)).toEqual(['a', 'b']);
});

test('a version with a limit, or matched exactly, is listed as it was', async () => {
  await start(pod('a'), pod('b'));
  expect(namesOf((await client.get('/api/v1/pods?limit=5&resourceVersion=1001')).body)).toEqual([
    'a',
  ]);
  const exact = '/api/v1/pods?resourceVersion=1001&resourceVersionMatch=Exact';
  expect(namesOf((await client.get(exact)).body)).toEqual(['a']);
  const notOlder = '/api/v1/pods?resourceVersion=1001';
  expect(namesOf((await client.get(notOlder)).body)).toEqual(['a', 'b']);
});

test('a version that is not yet is a timeout to be tried again', async () => {
  await start(pod('a'));
  const { code, body } = await client.get('/api/v1/pods?resourceVersion=5000');
  expect(code).toBe(504);
  expect(body).toMatchObject({
    message: 'Timeout: Too large resource version: 5000, current: 1001',
    details: { retryAfterSeconds: 1 },
  });
});

test('after a compaction a list cannot go on, but the rest can be had from what is current', async () => {
  await start(pod('a'), pod('c'));
  const first = await client.get('/api/v1/pods?limit=1');
  client.fake.put(pod('b'));
  client.fake.compact();
  const { code, body } = await client.get(`/api/v1/pods?limit=1&continue=${more(first.body)}`);
  expect(code).toBe(410);
  expect(body).toMatchObject({ kind: 'Status', status: 'Failure', reason: 'Expired', code: 410 });
  expect(body.message).toMatch(/^The provided continue parameter is too old/);
  const rest = await client.get(`/api/v1/pods?continue=${more(body)}`);
  expect(namesOf(rest.body)).toEqual(['b', 'c']);
  expect(metadataOf(rest.body).resourceVersion).toBe('1003');
});

test('a compacted version cannot be listed', async () => {
  await start(pod('a'), pod('b'));
  client.fake.compact();
  const { code, body } = await client.get('/api/v1/pods?limit=1&resourceVersion=1001');
  expect(code).toBe(410);
  expect(body.message).toBe('The resourceVersion for the provided list is too old.');
});

test.each([
  ['limit=x', 400, 'strconv.ParseInt: parsing "x": invalid syntax'],
  ['continue=x', 400, 'continue key is not valid: illegal base64'],
  ['resourceVersion=x', 400, 'invalid resource version: "x"'],
  ['labelSelector=a%3D%3D%3Db', 400, "unable to parse requirement: found 'a===b'"],
  ['fieldSelector=spec.image%3Da', 400, 'field label not supported: spec.image'],
  [
    'resourceVersionMatch=Exact',
    422,
    'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
  ],
  [
    'sendInitialEvents=true',
    422,
    'ListOptions.meta.k8s.io "" is invalid: sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list',
  ],
])('%s is refused', async (query, code, message) => {
  await start(pod('a'));
  const answer = await client.get(`/api/v1/pods?${query}`);
  expect(answer.code).toBe(code);
  expect(answer.body).toMatchObject({ kind: 'Status', status: 'Failure', code, message });
});

test('continue and a version exclude each other', async () => {
  await start(pod('a'), pod('b'));
  const first = await client.get('/api/v1/pods?limit=1');
  const answer = await client.get(`/api/v1/pods?resourceVersion=1001&continue=${more(first.body)}`);
  expect(answer.body).toMatchObject({
    code: 400,
    message: 'specifying resource version is not allowed when using continue',
  });
});

test('resources of cluster scope are in no namespace', async () => {
  await start(namespace('shop'));
  expect(namesOf((await client.get('/api/v1/namespaces')).body)).toEqual(['shop']);
  expect((await client.text('/api/v1/namespaces/shop/nodes')).code).toBe(404);
});
