import { resolve } from 'node:path';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { userInfoServiceFactory } from '@backstage/backend-defaults/userInfo';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoPermissionPolicy } from './permission-policy';
import { personCookie } from './person-cookie';
import { demoSignIn } from './sign-in';

const examples = resolve(__dirname, '../../../../examples');
const config = {
  backend: { baseUrl: 'http://localhost:7007' },
  app: { baseUrl: 'http://localhost:7007' },
  auth: { providers: { guest: {} } },
  permission: { enabled: true },
  catalog: {
    rules: [{ allow: ['Component', 'System', 'User', 'Group'] }],
    locations: [{ type: 'file', target: `${examples}/catalog.yaml` }],
  },
  sidetrace: {
    sources: [
      {
        id: 'shop',
        type: 'directory',
        path: `${examples}/unregistered-host`,
        files: ['mesh.yaml'],
      },
    ],
  },
};

let server: Parameters<typeof request>[0];
let stop: () => Promise<void>;

const tokens = new Map<string, Promise<string>>();

/** Signs in as the page does: with the cookie of the person that was chosen. */
async function signIn(person: string): Promise<string> {
  const { body } = await request(server)
    .get('/api/auth/guest/refresh')
    .set('x-requested-with', 'XMLHttpRequest')
    .set('cookie', `${personCookie}=${person}`);
  return body.backstageIdentity.token;
}

async function ask(person: string, method: 'get' | 'post', path: string, body?: object) {
  const token = tokens.get(person) ?? signIn(person);
  tokens.set(person, token);
  const sent = request(server)
    [method](`/api/sidetrace${path}`)
    .set('authorization', `Bearer ${await token}`);
  return body === undefined ? sent : sent.send(body);
}
const own = '/entities/default/component/shop-web';
const foreign = '/entities/default/component/ledger';

/** Asks until the catalog has read its file and the mesh is analysed; fails with the last answer. */
async function untilReady(): Promise<void> {
  let last = '';
  for (let tries = 0; tries < 300; tries += 1) {
    const { body } = await ask('guest', 'get', `${own}/card`);
    if (body.kind === 'workloads') return;
    last = JSON.stringify(body);
    await new Promise(done => setTimeout(done, 300));
  }
  throw new Error(`the backend did not come to the expected state: ${last}`);
}

beforeAll(async () => {
  const backend = await startTestBackend({
    features: [
      mockServices.rootConfig.factory({ data: config }),
      mockServices.database.factory(),
      // the real ones: decisions of the policy, conditions asked of the catalog
      authServiceFactory,
      httpAuthServiceFactory,
      userInfoServiceFactory,
      permissionsServiceFactory,
      import('@backstage/plugin-auth-backend'),
      demoSignIn,
      import('@backstage/plugin-permission-backend'),
      demoPermissionPolicy,
      import('@backstage/plugin-catalog-backend'),
      import('@sidetrace/backstage-plugin-sidetrace-backend'),
    ],
  });
  server = backend.server;
  stop = () => backend.stop();
  await untilReady();
});
afterAll(() => stop?.());

describe('with the policy of the demo', () => {
  test('a developer sees what an entity of the own team does, by a condition of the catalog', async () => {
    expect((await ask('developer', 'get', `${own}/card`)).status).toBe(200);
    expect((await ask('developer', 'get', `${own}/tab`)).body.slice).toBeDefined();
    const edits = { outboundMode: 'ALLOW_ANY' };
    const tried = await ask('developer', 'post', `${own}/what-if`, edits);
    expect(tried.status).toBe(200);
    // how many cells of others would change is for those who may see the mesh
    expect(tried.body.elsewhere).toBeUndefined();
  });

  test.each(['card', 'tab'])(
    'a developer does not see the %s of an entity of others',
    async view => {
      const { status, body } = await ask('developer', 'get', `${foreign}/${view}`);
      expect(status).toBe(403);
      expect(body.error.message).toContain('sidetrace.entity.read');
      expect(body.error.message).toContain('component:default/ledger');
    },
  );

  test('a developer learns nothing of an entity that is not there', async () => {
    const { status } = await ask('developer', 'get', '/entities/default/component/none/card');
    expect(status).toBe(403);
  });

  test('a developer may not see the mesh, download it or make it be read', async () => {
    for (const path of ['/mesh/overview', '/mesh/findings', '/mesh/export/access?format=csv']) {
      const { status, body } = await ask('developer', 'get', path);
      expect([path, status]).toEqual([path, 403]);
      expect(body.error.message).toContain('sidetrace.mesh.read');
    }
    expect((await ask('developer', 'post', '/refresh')).status).toBe(403);
  });

  test('a platform engineer sees every entity and the mesh', async () => {
    expect((await ask('guest', 'get', `${foreign}/card`)).status).toBe(200);
    expect((await ask('guest', 'get', '/mesh/overview')).body.workloads).toBeGreaterThan(0);
    expect((await ask('guest', 'get', '/entities/default/component/none/card')).status).toBe(404);
  });
});
