import { sidetraceRefreshPermission } from '@sidetrace/backstage-plugin-sidetrace-common';
import { json, type Router } from 'express';
import createRouter from 'express-promise-router';
import { audited } from './routes/audited';
import { addEntityRoutes } from './routes/entity-routes';
import { addExportRoutes } from './routes/export-routes';
import { addMeshRoutes } from './routes/mesh-routes';
import type { RouterOptions } from './routes/router-options';

/** Longest body of a request: both texts of a what-if, escaped as JSON. */
const bodyLimit = '5mb';

/** One route for each view: parse, authorise, one service call, respond. */
export function sidetraceRouter(options: RouterOptions): Router {
  const { guard, auditor, refresh } = options;
  const router: Router = createRouter();
  router.use(json({ limit: bodyLimit }));
  addEntityRoutes(router, options);
  addMeshRoutes(router, options);
  addExportRoutes(router, options);
  router.post('/refresh', async (request, response) => {
    await audited(auditor, { eventId: 'refresh', request }, async () => {
      await guard.caller(request, sidetraceRefreshPermission);
      await refresh();
      response.status(204).end();
    });
  });
  return router;
}
