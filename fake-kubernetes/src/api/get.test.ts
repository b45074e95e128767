import { afterEach, expect, test } from 'vitest';
import { type FakeClient, startWithClient } from '../testing/fake-client';
import { namespace, pod, serviceEntry } from '../testing/manifests';

let client: FakeClient;
afterEach(() => client.fake.close());

test('an object has its kind and the metadata that a server adds', async () => {
  client = await startWithClient({ objects: [pod('a')] });
  const { code, body } = await client.get('/api/v1/namespaces/shop/pods/a');
  expect(code).toBe(200);
  expect(body).toMatchObject({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'a',
      namespace: 'shop',
      resourceVersion: '1001',
      uid: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      creationTimestamp: '2026-01-01T00:00:00Z',
    },
  });
});

test('a namespace is an object, too', async () => {
  client = await startWithClient({ objects: [namespace('shop')] });
  const { body } = await client.get('/api/v1/namespaces/shop');
  expect(body).toMatchObject({ kind: 'Namespace', metadata: { name: 'shop' } });
});

test('an object without namespace is in `default`', async () => {
  const { metadata, ...rest } = pod('a');
  client = await startWithClient({ objects: [{ ...rest, metadata: { name: 'a' } }] });
  expect((await client.get('/api/v1/namespaces/default/pods/a')).code).toBe(200);
});

test('an object that is not there is not found, by the full name of its resource', async () => {
  client = await startWithClient({ objects: [serviceEntry('se', 'example.com')] });
  const path = '/apis/networking.istio.io/v1/namespaces/shop/serviceentries/other';
  const { code, body } = await client.get(path);
  expect(code).toBe(404);
  expect(body).toEqual({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: 'serviceentries.networking.istio.io "other" not found',
    reason: 'NotFound',
    details: { name: 'other', group: 'networking.istio.io', kind: 'serviceentries' },
    code: 404,
  });
});

test.each([
  '/apis/networking.istio.io/v1/serviceentries',
  '/apis/example.com/v1/things',
  '/api/v1/things',
  '/api/v2/pods',
  '/nothing',
])('%s is no path of a server without that resource', async path => {
  client = await startWithClient({ objects: [] });
  const { code, text, headers } = await client.text(path);
  expect(code).toBe(404);
  expect(text).toBe('404 page not found\n');
  expect(headers.get('content-type')).toMatch(/^text\/plain/);
});

test('the server is read only', async () => {
  client = await startWithClient({ objects: [pod('a')] });
  const url = `${client.fake.url}/api/v1/namespaces/shop/pods/a`;
  const response = await fetch(url, { method: 'DELETE' });
  expect(response.status).toBe(405);
  expect(await response.json()).toMatchObject({ reason: 'MethodNotAllowed' });
  expect((await client.get('/api/v1/namespaces/shop/pods/a')).code).toBe(200);
});
