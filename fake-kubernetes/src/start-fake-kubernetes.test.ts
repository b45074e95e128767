import { afterEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type FakeKubernetes, startFakeKubernetes } from '.';
import { namesOf, startWithClient } from './testing/fake-client';
import { pod } from './testing/manifests';

const running: FakeKubernetes[] = [];
afterEach(() => Promise.all(running.splice(0).map(fake => fake.close())));

async function start(options: Parameters<typeof startFakeKubernetes>[0]): Promise<FakeKubernetes> {
  const fake = await startFakeKubernetes(options);
  running.push(fake);
  return fake;
}

test('a List stands for its items', async () => {
  const list = { apiVersion: 'v1', kind: 'List', items: [pod('a'), pod('b')] };
  const { fake, get } = await startWithClient({ objects: [list] });
  running.push(fake);
  expect(namesOf((await get('/api/v1/pods')).body)).toEqual(['a', 'b']);
});

test.each([
  [{ kind: 'Pod', metadata: { name: 'a' } }, 'an object has no apiVersion'],
  [{ apiVersion: 'v1', metadata: { name: 'a' } }, 'an object has no kind'],
  [{ apiVersion: 'v1', kind: 'Pod', metadata: {} }, 'an object of kind Pod has no name'],
])('what is no object is refused', async (object, reason) => {
  await expect(startFakeKubernetes({ objects: [object] })).rejects.toThrow(reason);
});

test('the kubeconfig names the server, and the token where there is one', async () => {
  const open = await start({ objects: [] });
  expect(parse(open.kubeconfig())).toMatchObject({
    clusters: [{ cluster: { server: open.url } }],
    users: [{ user: {} }],
    'current-context': 'fake',
  });
  const closed = await start({ objects: [], token: 'secret' });
  expect(parse(closed.kubeconfig()).users).toEqual([{ name: 'fake', user: { token: 'secret' } }]);
});

test('requests are seen with what they ask for', async () => {
  const fake = await start({ objects: [] });
  await fetch(`${fake.url}/api/v1/namespaces/shop/pods?limit=5`);
  await fetch(`${fake.url}/version`);
  expect(fake.requests).toEqual([
    {
      method: 'GET',
      path: '/api/v1/namespaces/shop/pods',
      query: { limit: '5' },
      resource: 'pods',
      namespace: 'shop',
      verb: 'list',
    },
    { method: 'GET', path: '/version', query: {} },
  ]);
});

test('what is not there cannot be removed', async () => {
  const fake = await start({ objects: [] });
  const ref = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace: 'shop' } };
  expect(() => fake.remove(ref)).toThrow('there is no Pod shop/a');
});

test('a server comes back at the port it had', async () => {
  const first = await startFakeKubernetes({ objects: [] });
  const port = Number(new URL(first.url).port);
  await first.close();
  await expect(fetch(first.url)).rejects.toThrow();
  const second = await start({ objects: [], port });
  expect(second.url).toBe(first.url);
});

test('it closes while watches are open', async () => {
  const { fake, watch } = await startWithClient({ objects: [pod('a')] });
  const lines = await watch('/api/v1/pods?watch=1&resourceVersion=1001');
  await fake.close();
  await expect(lines.next()).rejects.toThrow();
  await expect(fake.close()).resolves.toBeUndefined();
});

test('thousands of objects are listed page by page, each once', async () => {
  const objects = Array.from({ length: 3000 }, (_, index) => pod(`p${index}`, `n${index % 7}`));
  const { fake, get } = await startWithClient({ objects });
  running.push(fake);
  const names: unknown[] = [];
  let more = '';
  do {
    const query = more === '' ? '' : `&continue=${encodeURIComponent(more)}`;
    const { body } = await get(`/api/v1/pods?limit=250${query}`);
    names.push(...namesOf(body));
    more = parse(JSON.stringify(body)).metadata.continue ?? '';
  } while (more !== '');
  expect(new Set(names).size).toBe(3000);
  expect(names).toHaveLength(3000);
  expect(fake.requests).toHaveLength(12);
});
