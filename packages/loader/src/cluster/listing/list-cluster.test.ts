import type { FakeKubernetes } from 'fake-kubernetes';
import { afterEach, describe, expect, test } from 'vitest';
import { type Cluster, listCluster } from '..';
import { deployment, manifest, namesOf, pod, serviceEntry } from '../testing/manifests';
import { startCluster } from '../testing/start-cluster';

let fake: FakeKubernetes;
let cluster: Cluster;
const start = async (objects: Parameters<typeof startCluster>[0]) => {
  ({ fake, cluster } = await startCluster(objects));
};
afterEach(() => fake.close());

const namespace = (name: string) => manifest('v1', 'Namespace', name);
const listsOf = (resource: string) =>
  fake.requests.filter(seen => seen.resource === resource && seen.verb === 'list');

describe('a cluster', () => {
  test('is read kind by kind, each in the order of its names', async () => {
    await start([
      pod('shop/b'),
      pod('shop/a'),
      pod('bank/c'),
      namespace('shop'),
      serviceEntry('shop/x'),
    ]);
    const { resources, issues, unreadKinds } = await listCluster(cluster);
    expect(namesOf(resources)).toEqual([
      'Namespace shop',
      'Pod bank/c',
      'Pod shop/a',
      'Pod shop/b',
      'ServiceEntry shop/x',
    ]);
    expect(issues).toEqual([]);
    expect(unreadKinds).toEqual([]);
  });

  test('is named as the source of its objects, which say their kind', async () => {
    await start([pod('shop/a')]);
    const { resources } = await listCluster(cluster);
    expect(resources[0]).toMatchObject({
      value: { apiVersion: 'v1', kind: 'Pod' },
      source: { file: `cluster:${cluster.name}`, item: 'Pod/shop/a' },
    });
  });

  test('gives the version that each list is of', async () => {
    await start([pod('shop/a')]);
    const { versions } = await listCluster(cluster);
    expect(versions.get('Pod')).toMatch(/^\d+$/);
    expect(versions.get('Service')).toMatch(/^\d+$/);
  });

  test('is read in pages', async () => {
    await start([pod('shop/a'), pod('shop/b'), pod('shop/c')]);
    const seen: [string, number][] = [];
    const { resources } = await listCluster(cluster, {
      pageSize: 2,
      onProgress: (kind, objects) => seen.push([kind, objects]),
    });
    expect(namesOf(resources)).toEqual(['Pod shop/a', 'Pod shop/b', 'Pod shop/c']);
    expect(listsOf('pods').map(({ query }) => query.limit)).toEqual(['2', '2']);
    expect(seen.filter(([kind]) => kind === 'Pod')).toEqual([
      ['Pod', 2],
      ['Pod', 3],
    ]);
  });

  test('is read in some namespaces only when they are named', async () => {
    await start([pod('shop/a'), pod('bank/b'), pod('other/c'), namespace('other')]);
    const { resources } = await listCluster(cluster, { namespaces: ['shop', 'bank'] });
    expect(namesOf(resources)).toEqual(['Namespace other', 'Pod shop/a', 'Pod bank/b']);
    expect(listsOf('pods').map(seen => seen.namespace)).toEqual(['shop', 'bank']);
  });
});

describe('Secrets', () => {
  test('are never asked for', async () => {
    await start([manifest('v1', 'Secret', 'shop/s', { data: { a: 'aHVzaA==' } }), pod('shop/a')]);
    const { resources } = await listCluster(cluster);
    expect(namesOf(resources)).toEqual(['Pod shop/a']);
    expect(fake.requests.some(({ path }) => path.includes('secret'))).toBe(false);
  });
});

describe('ConfigMaps', () => {
  const map = (name: string) => manifest('v1', 'ConfigMap', name, { data: { mesh: '{}' } });

  test('are asked for by name, where istiod runs and for its revisions', async () => {
    await start([
      deployment('mesh/istiod', [], 'discovery', { app: 'istiod', 'istio.io/rev': 'r2' }),
      map('mesh/istio'),
      map('mesh/istio-r2'),
      map('mesh/istio-r3'),
      map('mesh/app-config'),
      map('shop/istio'),
    ]);
    const { resources } = await listCluster(cluster);
    expect(namesOf(resources).slice(1)).toEqual([
      'ConfigMap mesh/istio',
      'ConfigMap mesh/istio-r2',
    ]);
    expect(listsOf('configmaps').map(({ query }) => query.fieldSelector)).toEqual([
      'metadata.name=istio',
      'metadata.name=istio-sidecar-injector',
      'metadata.name=istio-r2',
      'metadata.name=istio-sidecar-injector-r2',
    ]);
  });

  test('are looked for in istio-system when nothing shows where istiod runs', async () => {
    await start([map('istio-system/istio'), map('mesh/istio')]);
    expect(namesOf((await listCluster(cluster)).resources)).toEqual([
      'ConfigMap istio-system/istio',
    ]);
  });

  test('are looked for where the caller says', async () => {
    await start([map('istio-system/istio'), map('mesh/istio')]);
    const { resources } = await listCluster(cluster, { rootNamespace: 'mesh' });
    expect(namesOf(resources)).toEqual(['ConfigMap mesh/istio']);
  });
});
