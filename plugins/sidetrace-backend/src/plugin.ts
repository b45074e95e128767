import { coreServices, createBackendPlugin } from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef, metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { sidetracePermissions } from '@sidetrace/backstage-plugin-sidetrace-common';
import { addActions } from './actions/add-actions';
import { CatalogBindings } from './catalog/bindings';
import { CatalogEntities } from './catalog/catalog-entities';
import { readSidetraceConfig } from './config/sidetrace-config';
import { ObservedCalls } from './observed/observed-calls';
import { sidetraceRouter } from './router';
import { Guard } from './routes/guard';
import { addHealthRoute } from './routes/health';
import { Analyses } from './services/analyses';
import { ChangeNotifier } from './services/notify-changes';
import { refreshMetrics } from './services/refresh-metrics';
import type { RefreshObserver } from './services/refresh-sources';
import { refreshTasks } from './services/refresh-tasks';
import { ViewContexts } from './services/view-contexts';
import { createSource } from './sources/create-source';
import { clusterThreads } from './sources/kubernetes/cluster-threads';
import { AnalysisStore } from './store/analysis-store';
import { HistoryStore } from './store/history-store';
import { migrate } from './store/migrations';
import { SnapshotStore } from './store/snapshot-store';
import { meshWorkers } from './worker/mesh-workers';

/** What the sidecars of the configured meshes do, for entity pages and for the whole mesh. */
export const sidetracePlugin = createBackendPlugin({
  pluginId: 'sidetrace',
  register(env) {
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        urlReader: coreServices.urlReader,
      },
      async init({ auditor, catalog, logger, scheduler, ...services }) {
        const config = readSidetraceConfig(services.config);
        const knex = await services.database.getClient();
        if (services.database.migrations?.skip !== true) await migrate(knex);
        const configIds = config.sources.map(({ id }) => id);
        const snapshots = new SnapshotStore(knex);
        const store = new AnalysisStore(knex);
        const history = new HistoryStore(knex);
        const analyses = new Analyses(snapshots, store, configIds);
        const bindings = new CatalogBindings(catalog, services.auth, Date.now);
        const contentOf = (digest: string) => snapshots.packed(digest);
        const workers = meshWorkers({ contentOf, ...config.workers, logger });
        const clusters = clusterThreads(config.workers);
        services.lifecycle.addShutdownHook(() => workers.close());
        services.lifecycle.addShutdownHook(() => clusters.close());
        const sources = config.sources.map(source =>
          createSource(source, {
            urlReader: services.urlReader,
            readFolder: request => workers.run('readFolder', '', request),
            packFetched: request => workers.run('packFetched', '', request),
            clusterReaderFor: id => clusters.readerFor(id),
          }),
        );
        const now = () => new Date();
        const notifier = new ChangeNotifier({
          config: config.notifications,
          notifications: services.notifications,
          bindings,
          logger,
        });
        const observer: RefreshObserver = {
          ...refreshMetrics(services.metrics, analyses, Date.now),
          changed: change => notifier.notify(change),
        };
        const tasks = refreshTasks(scheduler, config.schedule, {
          knex,
          sources,
          snapshots,
          store,
          history,
          analyses,
          bindings,
          workers,
          retention: config.retention,
          observer,
          logger,
          now,
        });
        await tasks.schedule();
        services.permissionsRegistry.addPermissions([...sidetracePermissions]);
        const { waivers } = config;
        const observed = new ObservedCalls(config.observed, logger);
        const options = {
          guard: new Guard(services.httpAuth, services.permissions),
          auditor,
          entities: new CatalogEntities(catalog),
          contexts: new ViewContexts({ analyses, catalog: bindings, waivers, observed, now }),
          history,
          workers,
          refresh: tasks.refresh,
        };
        addActions(services.actionsRegistry, options);
        const router = sidetraceRouter(options);
        addHealthRoute(router, analyses, configIds);
        services.httpRouter.addAuthPolicy({ path: '/health', allow: 'unauthenticated' });
        services.httpRouter.use(router);
      },
    });
  },
});
