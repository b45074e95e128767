import { coreServices, createBackendPlugin } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import createRouter from 'express-promise-router';
import { demoPeople } from './people';
import { personCookie } from './person-cookie';

/** `/api/demo/as/developer`: makes the next sign-in one as that person, and leads to the portal. */
export const choosePerson = createBackendPlugin({
  pluginId: 'demo',
  register(env) {
    env.registerInit({
      deps: { config: coreServices.rootConfig, httpRouter: coreServices.httpRouter },
      async init({ config, httpRouter }) {
        const portal = config.getString('app.baseUrl');
        const router = createRouter();
        router.get('/as/:person', (request, response) => {
          const { person } = request.params;
          if (!demoPeople.has(person)) throw new NotFoundError('the demo has no such person');
          response.cookie(personCookie, person, { httpOnly: true, sameSite: 'lax', path: '/' });
          response.redirect(portal);
        });
        httpRouter.use(router);
        httpRouter.addAuthPolicy({ path: '/as', allow: 'unauthenticated' });
      },
    });
  },
});
