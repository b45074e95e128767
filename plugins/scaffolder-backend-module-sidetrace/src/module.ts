import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { createWriteFixAction } from './write-fix-action';

/** The action `sidetrace:fix:write` for software templates. */
export const scaffolderModuleSidetrace = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'sidetrace',
  register(env) {
    env.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        discovery: coreServices.discovery,
      },
      async init({ actions, auth, discovery }) {
        actions.addActions(createWriteFixAction({ auth, discovery }));
      },
    });
  },
});
