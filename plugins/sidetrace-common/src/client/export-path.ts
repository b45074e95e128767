import type { ExportRequest } from '../wire/export';
import { queryOf } from './query';

function membersOf(request: ExportRequest): object {
  switch (request.kind) {
    case 'access':
    case 'findings':
    case 'bypasses':
      return request.filter ?? {};
    case 'comparison':
      return request.snapshots;
    case 'what-if':
      return {};
    default:
      return request satisfies never;
  }
}

/** Path of a download, with its query. */
export const exportPath = (request: ExportRequest): string =>
  `/mesh/export/${request.kind}${queryOf({ ...membersOf(request), format: request.format })}`;

const endings = { csv: 'csv', json: 'json', markdown: 'md', sarif: 'sarif' } as const;

/** The name that the backend proposes in `Content-Disposition`, else one after the request. */
export function fileNameOf(request: ExportRequest, headers: Headers): string {
  const [, name] = /filename="([^"]+)"/.exec(headers.get('Content-Disposition') ?? '') ?? [];
  return name ?? `sidetrace-${request.kind}.${endings[request.format]}`;
}
