import {
  sidetraceMeshReadPermission,
  sidetraceSimulatePermission,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import type { Router } from 'express';
import { bypassView } from '../views/bypasses';
import { cellTrace } from '../views/cell-trace';
import { findingsView, findingView } from '../views/findings';
import { comparisonView, historyView } from '../views/history';
import { matrixView } from '../views/matrix';
import { overviewView } from '../views/overview';
import type { ViewContext } from '../views/view-context';
import { meshWhatIfView } from '../views/what-if';
import { answer } from './answer';
import { audited } from './audited';
import {
  bypassQuery,
  cellQuery,
  compareQuery,
  findingQuery,
  findingsQuery,
  historyQuery,
  matrixQuery,
  meshWhatIfBody,
  parse,
} from './request-schemas';
import type { RouterOptions } from './router-options';

/** Views of all meshes together. */
export function addMeshRoutes(router: Router, options: RouterOptions): void {
  const { guard, contexts, history, workers, auditor } = options;

  /** A view that anyone who may see the mesh may see. */
  const view = (path: string, make: (context: ViewContext, query: unknown) => unknown) =>
    router.get(path, async (request, response) => {
      const credentials = await guard.caller(request, sidetraceMeshReadPermission);
      const { context, tag } = await contexts.of(credentials);
      await answer({ request, response }, [tag], () => make(context, request.query));
    });

  view('/mesh/overview', context => overviewView(context, history));
  view('/mesh/matrix', (context, query) => matrixView(context, parse(matrixQuery, query)));
  view('/mesh/findings', (context, query) => findingsView(context, parse(findingsQuery, query)));
  view('/mesh/finding', (context, query) => findingView(context, parse(findingQuery, query)));
  view('/mesh/bypasses', (context, query) => bypassView(context, parse(bypassQuery, query)));
  view('/mesh/history', (context, query) =>
    historyView(context, history, parse(historyQuery, query)),
  );
  view('/mesh/history/comparison', (context, query) =>
    comparisonView(context, history, parse(compareQuery, query)),
  );

  router.get('/mesh/trace', async (request, response) => {
    const credentials = await guard.caller(
      request,
      sidetraceMeshReadPermission,
      sidetraceSimulatePermission,
    );
    const { context, tag } = await contexts.of(credentials);
    const { observed, now } = context;
    await answer({ request, response }, [tag, observed.tag(now)], () =>
      cellTrace(context, parse(cellQuery, request.query), workers),
    );
  });

  router.post('/mesh/what-if', async (request, response) => {
    const body = parse(meshWhatIfBody, request.body);
    await audited(auditor, { eventId: 'what-if', request }, async () => {
      const credentials = await guard.caller(
        request,
        sidetraceMeshReadPermission,
        sidetraceSimulatePermission,
      );
      const { context, bindings } = await contexts.of(credentials);
      response.json(await meshWhatIfView(context, body, { workers, bindings }));
    });
  });
}
