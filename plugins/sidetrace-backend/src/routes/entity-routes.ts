import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  sidetraceEntityReadPermission,
  sidetraceMeshReadPermission,
  sidetraceSimulatePermission,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import type { Request, Router } from 'express';
import { entityCard, entityTab, entityWhatIf, suggestFor } from '../views/entity-views';
import { answer } from './answer';
import { audited } from './audited';
import { entityParams, entityWhatIfBody, parse, suggestBody, tabQuery } from './request-schemas';
import type { RouterOptions } from './router-options';

const path = '/entities/:namespace/:kind/:name';

const readOf = (request: Request) => ({
  permission: sidetraceEntityReadPermission,
  resourceRef: stringifyEntityRef(parse(entityParams, request.params)),
});

/** Views of one entity. The entity is read as the caller: who may not see it in the catalog sees nothing here. */
export function addEntityRoutes(router: Router, options: RouterOptions): void {
  const { guard, entities, contexts, workers, auditor } = options;

  const inputFor = async (request: Request, credentials: BackstageCredentials) => {
    const entity = await entities.find(parse(entityParams, request.params), credentials);
    const hosts = await entities.declaredHosts(entity, credentials);
    const { context, tag } = await contexts.of(credentials);
    const tags = [tag, JSON.stringify([entity.metadata, hosts])];
    return { input: { entity, hosts }, context, tags };
  };

  router.get(`${path}/card`, async (request, response) => {
    const credentials = await guard.caller(request, readOf(request));
    const { input, context, tags } = await inputFor(request, credentials);
    await answer({ request, response }, tags, () => entityCard(input, context, workers));
  });

  router.get(`${path}/tab`, async (request, response) => {
    const query = parse(tabQuery, request.query);
    const credentials = await guard.caller(request, readOf(request));
    const withSlice = await guard.allows(credentials, sidetraceSimulatePermission);
    const { input, context, tags } = await inputFor(request, credentials);
    const { observed, now } = context;
    await answer({ request, response }, [...tags, String(withSlice), observed.tag(now)], () =>
      entityTab(input, context, { ...query, withSlice, workers }),
    );
  });

  router.post(`${path}/what-if`, async (request, response) => {
    const body = parse(entityWhatIfBody, request.body);
    const meta = { entity: request.path };
    await audited(auditor, { eventId: 'what-if', request, meta }, async () => {
      const credentials = await guard.caller(request, readOf(request), sidetraceSimulatePermission);
      const seesMesh = await guard.allows(credentials, sidetraceMeshReadPermission);
      const { input, context } = await inputFor(request, credentials);
      response.json(await entityWhatIf(input, context, { request: body, seesMesh, workers }));
    });
  });

  router.post(`${path}/suggestions`, async (request, response) => {
    const body = parse(suggestBody, request.body);
    const credentials = await guard.caller(request, readOf(request), sidetraceSimulatePermission);
    const { input, context } = await inputFor(request, credentials);
    response.json(await suggestFor(input, context, { request: body, workers }));
  });
}
