import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import request from 'supertest';
import { afterEach, describe, expect, test } from 'vitest';
import { sidetracePlugin } from './plugin';

const manifests = `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data:
  mesh: |
    outboundTrafficPolicy:
      mode: REGISTRY_ONLY
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: registry.example/web:1 }] }
`;

const entity = (name: string, annotations: Record<string, string>) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, annotations },
  spec: {},
});
const entities = [
  entity('web', {
    'sidetrace.dev/workload': 'shop/web',
    'sidetrace.dev/external-hosts': 'news.example:443/TLS, no/good/host',
  }),
  entity('lost', { 'sidetrace.dev/workload': 'shop/lost' }),
  entity('plain', {}),
];

const folders: string[] = [];
afterEach(async () => {
  await Promise.all(folders.splice(0).map(folder => rm(folder, { recursive: true, force: true })));
});

async function start(options: { deny?: boolean } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'sidetrace-'));
  folders.push(folder);
  await writeFile(join(folder, 'mesh.yaml'), manifests);
  const sources = [{ type: 'directory', id: 'files', path: folder }];
  const { server } = await startTestBackend({
    features: [
      sidetracePlugin,
      catalogServiceMock.factory({ entities }),
      mockServices.rootConfig.factory({ data: { sidetrace: { sources } } }),
      ...(options.deny === true
        ? [mockServices.permissions.factory({ result: AuthorizeResult.DENY })]
        : []),
    ],
  });
  const agent = request(server);
  const overview = () => agent.get('/api/sidetrace/mesh/overview');
  for (let tries = 0; tries < 100 && options.deny !== true; tries += 1) {
    const { body } = await overview();
    if (body.workloads > 0) break;
    await new Promise(done => setTimeout(done, 50));
  }
  return { agent, folder };
}

describe('the backend plugin', () => {
  test('answers card and tab of an entity from the files of a folder', async () => {
    const { agent } = await start();
    const card = await agent.get('/api/sidetrace/entities/default/component/web/card');
    expect(card.status).toBe(200);
    expect(card.body.cards[0].status).toMatchObject({
      sidecar: { injected: true },
      outbound: { mode: 'REGISTRY_ONLY' },
    });
    expect(card.body.cards[0].access.declaredBlocked).toBe(1);
    const tab = await agent.get('/api/sidetrace/entities/default/component/web/tab');
    expect(tab.body.paths).toHaveLength(6);
    expect(tab.body.invalidHosts).toEqual(['no/good/host']);
    expect(tab.body.slice.resources.workloads).toHaveLength(1);
    const news = tab.body.access.find((row: { host: string }) => row.host === 'news.example');
    expect(news).toMatchObject({ verdict: 'blocked', declared: true });
  });

  test('tells a missing annotation from one that fits nothing, and both from a missing entity', async () => {
    const { agent } = await start();
    const path = (name: string) => `/api/sidetrace/entities/default/component/${name}/card`;
    expect((await agent.get(path('plain'))).body).toEqual({ kind: 'no-annotation' });
    expect((await agent.get(path('lost'))).body).toMatchObject({
      kind: 'no-match',
      lookedFor: 'workload shop/lost',
    });
    expect((await agent.get(path('nobody'))).status).toBe(404);
    const wrong = '/api/sidetrace/entities/default/component/web/tab?workload=files/shop/Pod/x';
    expect((await agent.get(wrong)).status).toBe(404);
  });

  test('gives the matrix of the whole mesh, and keeps the last snapshot of a source that fails', async () => {
    const { agent, folder } = await start();
    const matrix = await agent.get('/api/sidetrace/mesh/matrix');
    expect(matrix.body.groups[0].workloads.list[0].id).toBe('files/shop/Deployment/web');
    await rm(folder, { recursive: true });
    expect((await agent.post('/api/sidetrace/refresh')).status).toBe(204);
    for (let tries = 0; tries < 100; tries += 1) {
      const { body } = await agent.get('/api/sidetrace/mesh/overview');
      if (body.sources[0].state === 'stale') break;
      await new Promise(done => setTimeout(done, 50));
    }
    const { body } = await agent.get('/api/sidetrace/mesh/overview');
    expect(body.sources[0]).toMatchObject({ state: 'stale', workloads: 1 });
    expect(body.sources[0].reason).not.toContain(folder);
  });

  test('refuses everything without the permission', async () => {
    const { agent } = await start({ deny: true });
    for (const path of ['entities/default/component/web/card', 'mesh/overview', 'mesh/matrix']) {
      expect((await agent.get(`/api/sidetrace/${path}`)).status).toBe(403);
    }
    expect((await agent.post('/api/sidetrace/refresh')).status).toBe(403);
  });
});
