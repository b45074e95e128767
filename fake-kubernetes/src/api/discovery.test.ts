import { afterEach, expect, test } from 'vitest';
import { isJsonObject, type JsonObject } from '../json-object';
import { type FakeClient, namesOf, startWithClient } from '../testing/fake-client';
import { serviceEntry } from '../testing/manifests';

let client: FakeClient;
afterEach(() => client.fake.close());

const start = async (...objects: readonly JsonObject[]) => {
  client = await startWithClient({ objects });
};
const entries = (body: JsonObject, field: string) =>
  Array.isArray(body[field]) ? body[field].filter(isJsonObject) : [];
const resourceNames = (body: JsonObject) => entries(body, 'resources').map(({ name }) => name);
const groupNames = async () =>
  entries((await client.get('/apis')).body, 'groups').map(({ name }) => name);

test('the core group and its resources', async () => {
  await start();
  expect((await client.get('/api')).body).toMatchObject({ kind: 'APIVersions', versions: ['v1'] });
  const { body } = await client.get('/api/v1');
  expect(body).toMatchObject({ kind: 'APIResourceList', groupVersion: 'v1' });
  expect(entries(body, 'resources')).toContainEqual({
    name: 'pods',
    singularName: 'pod',
    namespaced: true,
    kind: 'Pod',
    verbs: ['get', 'list', 'watch'],
    shortNames: ['po'],
    categories: ['all'],
  });
});

test("Istio's groups are there when an object of them is", async () => {
  await start();
  expect(await groupNames()).not.toContain('networking.istio.io');
  client.fake.put(serviceEntry('se', 'example.com'));
  expect(await groupNames()).toContain('networking.istio.io');
  expect(await groupNames()).not.toContain('security.istio.io');
  const { body } = await client.get('/apis/networking.istio.io');
  expect(body).toMatchObject({
    kind: 'APIGroup',
    preferredVersion: { groupVersion: 'networking.istio.io/v1', version: 'v1' },
    versions: [{ version: 'v1' }, { version: 'v1beta1' }, { version: 'v1alpha3' }],
  });
});

test('a group that is installed is there without an object', async () => {
  client = await startWithClient({ objects: [], installed: ['networking.istio.io'] });
  expect(await groupNames()).toContain('networking.istio.io');
  const { body } = await client.get('/apis/networking.istio.io/v1/serviceentries');
  expect(namesOf(body)).toEqual([]);
});

test('a version has only the resources that are served in it', async () => {
  await start(serviceEntry('se', 'example.com'));
  const v1 = resourceNames((await client.get('/apis/networking.istio.io/v1')).body);
  const v1beta1 = resourceNames((await client.get('/apis/networking.istio.io/v1beta1')).body);
  expect(v1).toEqual(expect.arrayContaining(['serviceentries', 'gateways']));
  expect(v1).not.toContain('proxyconfigs');
  expect(v1beta1).toEqual(expect.arrayContaining(['serviceentries', 'proxyconfigs']));
});

test('a kind that no table knows is served as its object suggests', async () => {
  const metadata = { name: 'a', namespace: 'shop' };
  await start({ apiVersion: 'example.com/v1', kind: 'Policy', metadata });
  expect(namesOf((await client.get('/apis/example.com/v1/policies')).body)).toEqual(['a']);
});

test('a definition decides what its resource is called and where it is', async () => {
  await start(
    {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'oxen.example.com' },
      spec: {
        group: 'example.com',
        scope: 'Cluster',
        names: { kind: 'Ox', plural: 'oxen', shortNames: ['ox'] },
        versions: [
          { name: 'v2', served: true },
          { name: 'v1', served: false },
        ],
      },
    },
    { apiVersion: 'example.com/v2', kind: 'Ox', metadata: { name: 'a' } },
  );
  expect(namesOf((await client.get('/apis/example.com/v2/oxen')).body)).toEqual(['a']);
  expect((await client.get('/apis/example.com/v2/oxen/a')).code).toBe(200);
  expect((await client.text('/apis/example.com/v1/oxen')).code).toBe(404);
});

test('the version is the one that was asked for', async () => {
  client = await startWithClient({ objects: [], gitVersion: 'v1.28.3' });
  expect((await client.get('/version')).body).toMatchObject({
    major: '1',
    minor: '28',
    gitVersion: 'v1.28.3',
  });
});

test.each(['/apis/example.com', '/apis/example.com/v1', '/apis/apps/v2'])(
  '%s is not there',
  async path => {
    await start();
    expect((await client.text(path)).code).toBe(404);
  },
);
