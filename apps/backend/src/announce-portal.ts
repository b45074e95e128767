import { coreServices, createBackendPlugin } from '@backstage/backend-plugin-api';
import { demoPeople } from './demo/people';

/** Says on the terminal where the portal is and what to open first, once everything is up. */
export const announcePortal = createBackendPlugin({
  pluginId: 'announce',
  register(env) {
    env.registerInit({
      deps: { config: coreServices.rootConfig, lifecycle: coreServices.rootLifecycle },
      async init({ config, lifecycle }) {
        const address = config.getString('app.baseUrl');
        const backend = config.getString('backend.baseUrl');
        lifecycle.addStartupHook(() => {
          process.stdout.write(
            [
              '',
              `  Sidetrace is at ${address} (press Enter on the sign-in page)`,
              `  a service:      ${address}/catalog/default/component/shop-web/sidetrace`,
              `  the whole mesh: ${address}/sidetrace`,
              `  a template:     ${address}/create`,
              ...[...demoPeople].map(
                ([name, { title }]) => `  as ${title}: ${backend}/api/demo/as/${name}`,
              ),
              '',
              '',
            ].join('\n'),
          );
        });
      },
    });
  },
});
