import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import {
  catalogProcessingExtensionPoint,
  type EntityProvider,
  type EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { WORKLOAD_ANNOTATION } from '@sidetrace/backstage-plugin-sidetrace-common';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import module from './index';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'bypass' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const component = (name: string, annotations: Record<string, string>): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, namespace: 'default', annotations },
  spec: { type: 'service', owner: 'group:default/web', lifecycle: 'production' },
});
const entities = [
  component('shop-web', { [WORKLOAD_ANNOTATION]: 'shop/web' }),
  component('lost', { [WORKLOAD_ANNOTATION]: 'nowhere/none' }),
  component('library', {}),
];
const section = {
  schedule: { frequency: { hours: 6 }, timeout: { minutes: 5 }, initialDelay: { hours: 1 } },
  owner: 'group:default/platform',
};

async function providersWith(sidetrace: object | undefined): Promise<EntityProvider[]> {
  const providers: EntityProvider[] = [];
  const catalog = { ...(sidetrace && { providers: { sidetrace } }) };
  await startTestBackend({
    extensionPoints: [
      [
        catalogProcessingExtensionPoint,
        {
          addEntityProvider: (...added: (EntityProvider | EntityProvider[])[]) =>
            providers.push(...added.flat()),
          addProcessor: vi.fn(),
          addPlaceholderResolver: vi.fn(),
          setOnProcessingErrorHandler: vi.fn(),
          addLocationAnalyzer: vi.fn(),
        } as never,
      ],
    ],
    features: [
      module,
      mockServices.rootConfig.factory({
        data: { catalog, backend: { baseUrl: 'http://localhost:7007' } },
      }),
      mockServices.scheduler.factory({ skipTaskRunOnStartup: true }),
      catalogServiceMock.factory({ entities }),
      mockServices.discovery.factory(),
    ],
  });
  return providers;
}

async function emitted(provider: EntityProvider | undefined): Promise<readonly Entity[]> {
  const applyMutation = vi.fn();
  const connection = { applyMutation, refresh: vi.fn() } as EntityProviderConnection;
  await (
    provider as EntityProvider & { refresh(to: EntityProviderConnection): Promise<void> }
  ).refresh(connection);
  return applyMutation.mock.calls[0]?.[0].entities.map(({ entity }: { entity: Entity }) => entity);
}

const tab = (id: string, host: string) => ({
  kind: 'workload',
  workloads: [{ id: 'one' }, { id: 'two' }],
  selected: { workload: { id } },
  access: [
    { host, port: 443, protocol: 'TLS', delivery: 'reaches' },
    { host: 'blocked.example', port: 443, protocol: 'TLS', delivery: 'blocked' },
  ],
});

describe('the catalog module', () => {
  test('without its section it registers nothing', async () => {
    expect(await providersWith(undefined)).toEqual([]);
  });

  test('emits the hosts that each workload of an entity reaches', async () => {
    server.use(
      http.get('*/api/sidetrace/entities/default/component/:name/tab', ({ params, request }) => {
        expect(request.headers.get('Authorization')).toMatch(/^Bearer /);
        if (params.name !== 'shop-web') return HttpResponse.json({ kind: 'no-match', sources: [] });
        const second = new URL(request.url).searchParams.get('workload') === 'two';
        return HttpResponse.json(second ? tab('two', 'b.example') : tab('one', 'a.example'));
      }),
    );
    const [provider] = await providersWith(section);
    const hosts = await emitted(provider);
    expect(hosts.map(({ metadata }) => metadata.name)).toEqual(['a.example', 'b.example']);
    expect(hosts[0]?.spec).toMatchObject({
      owner: section.owner,
      dependencyOf: ['component:default/shop-web'],
    });
  });

  test('a backend that fails leaves the catalog as it is', async () => {
    server.use(
      http.get('*/api/sidetrace/entities/*', () =>
        HttpResponse.json({ error: { name: 'Error', message: 'down' } }, { status: 503 }),
      ),
    );
    const [provider] = await providersWith(section);
    await expect(emitted(provider)).rejects.toThrow(/503/);
  });

  test('an owner that is no reference stops the start', async () => {
    await expect(providersWith({ ...section, owner: 'group:' })).rejects.toThrow(
      /catalog\.providers\.sidetrace\.owner/,
    );
    await expect(providersWith({ schedule: section.schedule })).rejects.toThrow(
      /owner` is missing/,
    );
  });
});
