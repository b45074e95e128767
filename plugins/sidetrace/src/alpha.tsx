import {
  ApiBlueprint,
  createFrontendPlugin,
  createRouteRef,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { EntityCardBlueprint, EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { RiRouteLine } from '@remixicon/react';
import {
  isSidetraceAvailable,
  SidetraceClient,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import { sidetraceApiRef } from './api/sidetrace-api-ref';

export { sidetraceTranslationRef } from './translations/translation-ref';

const rootRouteRef = createRouteRef();
const entityContentRouteRef = createRouteRef();

const sidetraceApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: sidetraceApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: apis => new SidetraceClient(apis),
    }),
});

const sidetracePage = PageBlueprint.make({
  params: {
    path: '/sidetrace',
    title: 'Sidetrace',
    icon: <RiRouteLine />,
    routeRef: rootRouteRef,
    loader: () => import('./components/mesh/MeshPage').then(({ MeshPage }) => <MeshPage />),
  },
});

const sidetraceEntityContent = EntityContentBlueprint.make({
  params: {
    path: '/sidetrace',
    title: 'Sidecar',
    routeRef: entityContentRouteRef,
    filter: isSidetraceAvailable,
    loader: () => import('./components/tab/EntityTab').then(({ EntityTab }) => <EntityTab />),
  },
});

const sidetraceEntityCard = EntityCardBlueprint.make({
  params: {
    filter: isSidetraceAvailable,
    loader: () =>
      import('./components/card/SidetraceCard').then(({ SidetraceCard }) => <SidetraceCard />),
  },
});

/** The plugin for apps of the new frontend system. */
export default createFrontendPlugin({
  pluginId: 'sidetrace',
  title: 'Sidetrace',
  icon: <RiRouteLine />,
  extensions: [sidetraceApi, sidetracePage, sidetraceEntityContent, sidetraceEntityCard],
  routes: { root: rootRouteRef, entityContent: entityContentRouteRef },
});
