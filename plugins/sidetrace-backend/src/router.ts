import type {
  AuditorService,
  BackstageCredentials,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import { AuthorizeResult, type BasicPermission } from '@backstage/plugin-permission-common';
import {
  sidetraceEntityReadPermission,
  sidetraceMeshReadPermission,
  sidetraceRefreshPermission,
  sidetraceSimulatePermission,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import type { Request, Router } from 'express';
import createRouter from 'express-promise-router';
import { z } from 'zod';
import type { CatalogEntities } from './services/catalog-entities';
import { entityCard, entityTab } from './services/entity-views';
import type { Meshes } from './services/loaded-mesh';
import { accessMatrix, meshFindings, meshOverview } from './services/mesh-views';

export interface RouterOptions {
  readonly httpAuth: HttpAuthService;
  readonly permissions: PermissionsService;
  readonly auditor: AuditorService;
  readonly entities: CatalogEntities;
  readonly meshes: Meshes;
  readonly refresh: () => Promise<void>;
}

const name = z.string().min(1).max(253);
const entityParams = z.object({ namespace: name, kind: name, name });
const tabQuery = z.object({ workload: z.string().max(1000).optional() });

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new InputError(problems.join('; '));
}

/** One route for each view: parse, authorise, one service call, respond. */
export function sidetraceRouter(options: RouterOptions): Router {
  const { httpAuth, permissions, auditor, entities, meshes, refresh } = options;
  const router: Router = createRouter();

  const allowed = async (permission: BasicPermission, credentials: BackstageCredentials) => {
    const [decision] = await permissions.authorize([{ permission }], { credentials });
    return decision?.result === AuthorizeResult.ALLOW;
  };
  const authorise = async (request: Request, permission: BasicPermission) => {
    const credentials = await httpAuth.credentials(request);
    if (await allowed(permission, credentials)) return credentials;
    throw new NotAllowedError(`the permission ${permission.name} is needed for this`);
  };
  const entityInput = async (request: Request) => {
    const ref = parse(entityParams, request.params);
    const credentials = await authorise(request, sidetraceEntityReadPermission);
    const entity = await entities.find(ref, credentials);
    const hosts = await entities.declaredHosts(entity, credentials);
    return { credentials, input: { entity, hosts, meshes: await meshes.all() } };
  };
  const meshInput = async (request: Request) => {
    await authorise(request, sidetraceMeshReadPermission);
    const all = await meshes.all();
    return { meshes: all, declared: await entities.declaredByWorkload(all) };
  };

  router.get('/entities/:namespace/:kind/:name/card', async (request, response) => {
    const { input } = await entityInput(request);
    response.json(entityCard(input));
  });
  router.get('/entities/:namespace/:kind/:name/tab', async (request, response) => {
    const { workload } = parse(tabQuery, request.query);
    const { input, credentials } = await entityInput(request);
    const withSlice = await allowed(sidetraceSimulatePermission, credentials);
    response.json(entityTab(input, { withSlice, ...(workload === undefined ? {} : { workload }) }));
  });
  router.get('/mesh/overview', async (request, response) => {
    response.json(meshOverview(await meshInput(request)));
  });
  router.get('/mesh/access', async (request, response) => {
    response.json(accessMatrix(await meshInput(request)));
  });
  router.get('/mesh/findings', async (request, response) => {
    response.json(meshFindings(await meshInput(request)));
  });
  router.post('/refresh', async (request, response) => {
    const event = await auditor.createEvent({ eventId: 'refresh', request });
    try {
      await authorise(request, sidetraceRefreshPermission);
      await refresh();
      await event.success();
      response.status(204).end();
    } catch (error) {
      await event.fail({ error: error instanceof Error ? error : new Error(String(error)) });
      throw error;
    }
  });
  return router;
}
