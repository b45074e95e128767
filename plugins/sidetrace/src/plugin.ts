import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { SidetraceClient } from '@sidetrace/backstage-plugin-sidetrace-common';
import { sidetraceApiRef } from './api/sidetrace-api-ref';
import { entityContentRouteRef, rootRouteRef } from './routes';

/** The plugin for apps of the classic frontend system. */
export const sidetracePlugin = createPlugin({
  id: 'sidetrace',
  apis: [
    createApiFactory({
      api: sidetraceApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: apis => new SidetraceClient(apis),
    }),
  ],
  routes: { root: rootRouteRef, entityContent: entityContentRouteRef },
});

/** Page of the platform team, at a path such as `/sidetrace`. */
export const SidetracePage = sidetracePlugin.provide(
  createRoutableExtension({
    name: 'SidetracePage',
    component: () => import('./components/mesh/MeshPage').then(({ MeshPage }) => MeshPage),
    mountPoint: rootRouteRef,
  }),
);

/** Content of the tab of an entity page, at the path `/sidetrace`. */
export const EntitySidetraceContent = sidetracePlugin.provide(
  createRoutableExtension({
    name: 'EntitySidetraceContent',
    component: () => import('./components/tab/EntityTab').then(({ EntityTab }) => EntityTab),
    mountPoint: entityContentRouteRef,
  }),
);

/** Card of the overview of an entity page. */
export const EntitySidetraceCard = sidetracePlugin.provide(
  createComponentExtension({
    name: 'EntitySidetraceCard',
    component: {
      lazy: () => import('./components/card/SidetraceCard').then(module => module.SidetraceCard),
    },
  }),
);
