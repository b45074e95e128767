import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint, catalogServiceRef } from '@backstage/plugin-catalog-node';
import { ExternalHostProvider } from './external-host-provider';
import { readProviderConfig } from './provider-config';

/** External hosts as Resource entities in the catalog, with the components that reach them. Off without its configuration. */
export const catalogModuleSidetrace = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'sidetrace',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        logger: coreServices.logger,
        processing: catalogProcessingExtensionPoint,
        scheduler: coreServices.scheduler,
      },
      async init({ config: root, processing, scheduler, ...services }) {
        const config = readProviderConfig(root);
        if (config === undefined) return;
        const taskRunner = scheduler.createScheduledTaskRunner(config.schedule);
        processing.addEntityProvider(new ExternalHostProvider({ ...services, config, taskRunner }));
      },
    });
  },
});
