import { EntityProvider, entityRouteRef } from '@backstage/plugin-catalog-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { SidetraceClient } from '@sidetrace/backstage-plugin-sidetrace-common';
import type { ReactElement } from 'react';
import { Route, Routes } from 'react-router-dom';
import { sidetraceApiRef } from '../api/sidetrace-api-ref';
import { backendUrl } from './msw-routes';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'web', annotations: { 'sidetrace.dev/workload': 'shop/web' } },
};

const client = new SidetraceClient({
  discoveryApi: { getBaseUrl: async () => backendUrl },
  fetchApi: { fetch: (...args) => fetch(...args) },
});

/** Renders an element of the plugin in a classic app at `/x` and below, with the client that asks msw. */
export function show(element: ReactElement, path = '/x') {
  return renderInTestApp(
    <TestApiProvider apis={[[sidetraceApiRef, client]]}>
      <EntityProvider entity={entity}>
        <Routes>
          <Route path="/x/*" element={element} />
        </Routes>
      </EntityProvider>
    </TestApiProvider>,
    {
      routeEntries: [path],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    },
  );
}
