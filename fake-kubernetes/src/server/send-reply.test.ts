import { afterEach, expect, test } from 'vitest';
import { type FakeClient, namesOf, startWithClient } from '../testing/fake-client';
import { pod } from '../testing/manifests';

let client: FakeClient;
afterEach(() => client.fake.close());

const start = async (pods: number) => {
  const objects = Array.from({ length: pods }, (_, index) => pod(`p${index}`));
  client = await startWithClient({ objects });
};
const encodingFor = async (encoding: string) => {
  const { headers, body } = await client.get('/api/v1/pods', { 'Accept-Encoding': encoding });
  return [headers.get('content-encoding'), namesOf(body).length];
};

test('long answers are compressed for who takes them so', async () => {
  await start(1000);
  expect(await encodingFor('gzip, deflate')).toEqual(['gzip', 1000]);
  expect(await encodingFor('identity')).toEqual([null, 1000]);
});

test('short answers are not compressed', async () => {
  await start(10);
  expect(await encodingFor('gzip')).toEqual([null, 10]);
});

test('a compressed answer breaks off, too', async () => {
  await start(1000);
  client.fake.fail({ kind: 'cut', after: 500 });
  const response = await fetch(`${client.fake.url}/api/v1/pods`);
  expect(response.headers.get('content-encoding')).toBe('gzip');
  await expect(response.text()).rejects.toThrow();
});
