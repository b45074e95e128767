import { convertLegacyRouteRef } from '@backstage/core-compat-api';
import { coreExtensionData } from '@backstage/frontend-plugin-api';
import {
  createExtensionTester,
  mockApis,
  renderInTestApp,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import { EntityProvider, entityRouteRef } from '@backstage/plugin-catalog-react';
import { EntityCardBlueprint, EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { SidetraceClient } from '@sidetrace/backstage-plugin-sidetrace-common';
import { screen } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import type { ReactElement } from 'react';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import plugin from './alpha';
import { sidetraceApiRef } from './api/sidetrace-api-ref';
import { backendUrl, demoHandlers } from './testing/msw-routes';

const server = setupServer(...demoHandlers());
beforeAll(() => server.listen({ onUnhandledRequest: 'bypass' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const discovery = mockApis.discovery({ baseUrl: 'http://backend.test' });
const client = new SidetraceClient({
  discoveryApi: { getBaseUrl: async () => backendUrl },
  fetchApi: { fetch: (...args) => fetch(...args) },
});
const mountedRoutes = {
  '/catalog/:namespace/:kind/:name': convertLegacyRouteRef(entityRouteRef),
};
const find = (text: string | RegExp) => screen.findByText(text, undefined, { timeout: 30_000 });

const entityWith = (annotations: Record<string, string>) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'web', annotations },
});
const bound = entityWith({ 'sidetrace.dev/workload': 'shop/web' });
const unbound = entityWith({});

const onEntity = (element: ReactElement) =>
  renderInTestApp(<EntityProvider entity={bound}>{element}</EntityProvider>, {
    apis: [[sidetraceApiRef, client]],
    mountedRoutes,
  });

describe('the card of the new frontend system', () => {
  const card = plugin.getExtension('entity-card:sidetrace');

  test('says what the sidecar does', async () => {
    onEntity(createExtensionTester(card).reactElement());
    await find('Sidecar & external access');
    await find('REGISTRY_ONLY');
  });

  test('is there for entities that say which workload they are, and for no others', () => {
    const filter = createExtensionTester(card).get(EntityCardBlueprint.dataRefs.filterFunction);
    expect(filter?.(bound)).toBe(true);
    expect(filter?.(unbound)).toBe(false);
  });
});

describe('the tab of the new frontend system', () => {
  const tab = plugin.getExtension('entity-content:sidetrace');

  test('shows the traffic paths of the workload', async () => {
    onEntity(createExtensionTester(tab).reactElement());
    await find('Traffic paths');
  });

  test('has its path and its title', () => {
    const tester = createExtensionTester(tab);
    expect(tester.get(coreExtensionData.routePath)).toBe('/sidetrace');
    expect(tester.get(EntityContentBlueprint.dataRefs.title)).toBe('Sidecar');
  });

  test('can be had on every component by configuration', () => {
    const config = { filter: { kind: 'component' } };
    const tester = createExtensionTester(tab, { config });
    const filter = tester.get(EntityContentBlueprint.dataRefs.filterFunction);
    expect(filter?.(unbound)).toBe(true);
    expect(filter?.({ ...unbound, kind: 'System' })).toBe(false);
  });
});

describe('the page of the new frontend system', () => {
  const openAt = (path: string) =>
    renderTestApp({
      features: [plugin],
      apis: [discovery],
      initialRouteEntries: [path],
      mountedRoutes,
    });

  test('answers at its own path, with the client that the plugin brings', async () => {
    openAt('/sidetrace');
    await find('Newly opened hosts, last 7 days');
  });

  test('has a URL for each of its views', async () => {
    openAt('/sidetrace/bypasses');
    await find('batch/report');
  });

  test('tells who may not see it which permission is needed', async () => {
    const message = 'the permission sidetrace.mesh.read is needed for this';
    server.use(
      http.get(`${backendUrl}/mesh/overview`, () =>
        HttpResponse.json(
          { error: { name: 'NotAllowedError', message }, response: { statusCode: 403 } },
          { status: 403 },
        ),
      ),
    );
    openAt('/sidetrace');
    await find('You are not allowed to see this');
    expect(screen.getByText(/sidetrace\.mesh\.read/)).toBeVisible();
  });
});
