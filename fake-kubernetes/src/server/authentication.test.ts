import { afterEach, expect, test } from 'vitest';
import { type FakeClient, startWithClient } from '../testing/fake-client';
import { pod } from '../testing/manifests';

let client: FakeClient;
afterEach(() => client.fake.close());

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
const start = async () => {
  client = await startWithClient({ objects: [pod('a')], token: 'right' });
};

test.each(['/api/v1/pods', '/api', '/nothing', '/api/v1/pods?watch=1'])(
  '%s needs the token',
  async path => {
    await start();
    for (const headers of [{}, bearer('wrong'), bearer('right and more')]) {
      const { code, body } = await client.get(path, headers);
      expect(code).toBe(401);
      expect(body).toEqual({
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message: 'Unauthorized',
        reason: 'Unauthorized',
        code: 401,
      });
    }
  },
);

test('with the token the answer is given', async () => {
  await start();
  expect((await client.get('/api/v1/pods', bearer('right'))).code).toBe(200);
});

test('a token runs out', async () => {
  await start();
  client.fake.renewToken('next');
  expect((await client.get('/api/v1/pods', bearer('right'))).code).toBe(401);
  expect((await client.get('/api/v1/pods', bearer('next'))).code).toBe(200);
  expect(client.fake.kubeconfig()).toContain('next');
});
