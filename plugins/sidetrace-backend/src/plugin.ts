import { coreServices, createBackendPlugin } from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { sidetracePermissions } from '@sidetrace/backstage-plugin-sidetrace-common';
import { readSidetraceConfig } from './config/sidetrace-config';
import { sidetraceRouter } from './router';
import { CatalogEntities } from './services/catalog-entities';
import { Meshes } from './services/loaded-mesh';
import { refreshSources } from './services/refresh-sources';
import { createSource } from './sources/create-source';
import { migrate } from './store/migrations';
import { SnapshotStore } from './store/snapshot-store';

/** Meshes kept ready in memory. */
const keptMeshes = 100;
const refreshTask = 'sidetrace-refresh';

/** What the sidecars of the configured meshes do, for entity pages and for the whole mesh. */
export const sidetracePlugin = createBackendPlugin({
  pluginId: 'sidetrace',
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
      },
      async init({ auth, catalog, config, database, httpRouter, logger, scheduler, ...services }) {
        const { sources: configs, schedule, retention } = readSidetraceConfig(config);
        const knex = await database.getClient();
        if (database.migrations?.skip !== true) await migrate(knex);
        const store = new SnapshotStore(knex, { snapshotsPerSource: retention.snapshots });
        const sources = configs.map(createSource);
        const refresh = () => refreshSources({ sources, store, logger, now: () => new Date() });
        await scheduler.scheduleTask({
          id: refreshTask,
          ...schedule,
          fn: refresh,
        });
        services.permissionsRegistry.addPermissions([...sidetracePermissions]);
        httpRouter.use(
          sidetraceRouter({
            ...services,
            entities: new CatalogEntities(catalog, auth),
            meshes: new Meshes(store, { configIds: configs.map(({ id }) => id), kept: keptMeshes }),
            refresh: () => scheduler.triggerTask(refreshTask),
          }),
        );
      },
    });
  },
});
