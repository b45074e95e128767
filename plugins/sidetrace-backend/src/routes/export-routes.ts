import {
  sidetraceExportPermission,
  sidetraceMeshReadPermission,
  sidetraceSimulatePermission,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import type { Request, Router } from 'express';
import { exportAccess } from '../exports/export-access';
import { exportBypasses } from '../exports/export-bypasses';
import { exportChanges } from '../exports/export-changes';
import { exportFindings } from '../exports/export-findings';
import type { CallerContext } from '../services/view-contexts';
import { compareSnapshots } from '../views/history';
import { tryOnMeshes } from '../views/what-if';
import { sendFile } from './answer';
import { audited } from './audited';
import { exportQueries, meshWhatIfBody, parse } from './request-schemas';
import type { RouterOptions } from './router-options';

type Format = 'csv' | 'json' | 'markdown' | 'sarif';
interface File {
  readonly format: Format;
  readonly text: AsyncIterable<string> | Iterable<string>;
}

/** The whole lists behind the views as files. */
export function addExportRoutes(router: Router, options: RouterOptions): void {
  const { guard, contexts, history, workers, auditor } = options;

  const download = (
    method: 'get' | 'post',
    kind: string,
    make: (caller: CallerContext, request: Request) => Promise<File> | File,
    ...more: readonly (typeof sidetraceExportPermission)[]
  ) =>
    router[method](`/mesh/export/${kind}`, async (request, response) => {
      const meta = { kind, format: String(request.query.format ?? '') };
      await audited(auditor, { eventId: 'export', request, meta }, async () => {
        const credentials = await guard.caller(
          request,
          sidetraceMeshReadPermission,
          sidetraceExportPermission,
          ...more,
        );
        const caller = await contexts.of(credentials);
        const { format, text } = await make(caller, request);
        const day = caller.context.now.toISOString().slice(0, 10);
        await sendFile(response, { name: `sidetrace-${kind}-${day}`, format }, text);
      });
    });

  download('get', 'access', ({ context }, { query }) => {
    const { format, ...filter } = parse(exportQueries.access, query);
    return { format, text: exportAccess(context, filter, format) };
  });
  download('get', 'findings', ({ context }, { query }) => {
    const { format, ...filter } = parse(exportQueries.findings, query);
    return { format, text: exportFindings(context, filter, format) };
  });
  download('get', 'bypasses', ({ context }, { query }) => {
    const { format, ...filter } = parse(exportQueries.bypasses, query);
    return { format, text: exportBypasses(context, filter, format) };
  });
  download('get', 'comparison', async ({ context }, { query }) => {
    const { format, ...snapshots } = parse(exportQueries.comparison, query);
    const { difference } = await compareSnapshots(context, history, snapshots);
    return { format, text: exportChanges([difference], context, format) };
  });
  download(
    'post',
    'what-if',
    async ({ context, bindings }, { query, body }) => {
      const { format } = parse(exportQueries.whatIf, query);
      const request = parse(meshWhatIfBody, body);
      const { differences } = await tryOnMeshes(context, request, { workers, bindings });
      return { format, text: exportChanges(differences, context, format) };
    },
    sidetraceSimulatePermission,
  );
}
