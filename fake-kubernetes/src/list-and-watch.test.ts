import { afterEach, expect, test } from 'vitest';
import { type FakeKubernetes, type JsonObject, startFakeKubernetes } from '.';

let fake: FakeKubernetes;
afterEach(() => fake.close());

const pod = (name: string, namespace = 'shop', labels: JsonObject = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace, labels },
});

async function start(objects: readonly JsonObject[]): Promise<void> {
  fake = await startFakeKubernetes({ objects });
}

async function getJson(path: string) {
  const response = await fetch(`${fake.url}${path}`);
  return { code: response.status, body: await response.json() };
}

test('a list has the objects in the order of their keys and the version it is of', async () => {
  await start([pod('b'), pod('a'), pod('c', 'bank')]);
  const { body } = await getJson('/api/v1/pods');
  expect(body.kind).toBe('PodList');
  expect(body.metadata.resourceVersion).toBe('1003');
  expect(body.items.map((item: { metadata: JsonObject }) => item.metadata.name)).toEqual([
    'c',
    'a',
    'b',
  ]);
});
