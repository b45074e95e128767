import type { CompoundEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import type { BypassPage, BypassRequest } from '../wire/bypass';
import type { EntityCardAnswer, EntityTabAnswer } from '../wire/entity-answer';
import type { ExportFile, ExportRequest } from '../wire/export';
import type { FindingsRequest, MeshFindingAnswer, MeshFindings } from '../wire/finding-view';
import type {
  CompareRequest,
  HistoryPage,
  HistoryRequest,
  SnapshotComparison,
} from '../wire/history';
import type { CellRequest, CellTrace, MatrixPage, MatrixRequest } from '../wire/matrix';
import type { MeshOverview } from '../wire/mesh-answer';
import type { SuggestAnswer, SuggestRequest } from '../wire/suggestion';
import type {
  EntityWhatIfAnswer,
  EntityWhatIfRequest,
  MeshWhatIfAnswer,
  MeshWhatIfRequest,
} from '../wire/what-if';
import { exportPath, fileNameOf } from './export-path';
import { queryOf } from './query';
import type { SidetraceApi } from './sidetrace-api';

export interface SidetraceClientOptions {
  readonly discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  readonly fetchApi: { fetch: typeof fetch };
}

/**
 * Asks the Sidetrace backend.
 *
 * @example new SidetraceClient({ discoveryApi, fetchApi }).entityCard({ kind, namespace, name })
 */
export class SidetraceClient implements SidetraceApi {
  constructor(private readonly options: SidetraceClientOptions) {}

  entityCard(entity: CompoundEntityRef): Promise<EntityCardAnswer> {
    return this.#get(`${entityPath(entity)}/card`);
  }

  entityTab(entity: CompoundEntityRef, workload?: string): Promise<EntityTabAnswer> {
    return this.#get(`${entityPath(entity)}/tab${queryOf({ workload })}`);
  }

  entityWhatIf(
    entity: CompoundEntityRef,
    request: EntityWhatIfRequest,
  ): Promise<EntityWhatIfAnswer> {
    return this.#post(`${entityPath(entity)}/what-if`, request);
  }

  suggestFixes(entity: CompoundEntityRef, request: SuggestRequest): Promise<SuggestAnswer> {
    return this.#post(`${entityPath(entity)}/suggestions`, request);
  }

  meshOverview(): Promise<MeshOverview> {
    return this.#get('/mesh/overview');
  }

  matrix(request: MatrixRequest = {}): Promise<MatrixPage> {
    return this.#get(`/mesh/matrix${queryOf(request)}`);
  }

  cellTrace(request: CellRequest): Promise<CellTrace> {
    return this.#get(`/mesh/trace${queryOf(request)}`);
  }

  meshFindings(request: FindingsRequest = {}): Promise<MeshFindings> {
    return this.#get(`/mesh/findings${queryOf(request)}`);
  }

  meshFinding(source: string, fingerprint: string): Promise<MeshFindingAnswer> {
    return this.#get(`/mesh/finding${queryOf({ source, fingerprint })}`);
  }

  bypasses(request: BypassRequest = {}): Promise<BypassPage> {
    return this.#get(`/mesh/bypasses${queryOf(request)}`);
  }

  history(request: HistoryRequest = {}): Promise<HistoryPage> {
    return this.#get(`/mesh/history${queryOf(request)}`);
  }

  compareSnapshots(request: CompareRequest): Promise<SnapshotComparison> {
    return this.#get(`/mesh/history/comparison${queryOf(request)}`);
  }

  meshWhatIf(request: MeshWhatIfRequest): Promise<MeshWhatIfAnswer> {
    return this.#post('/mesh/what-if', request);
  }

  async download(request: ExportRequest): Promise<ExportFile> {
    const path = exportPath(request);
    const response = await (request.kind === 'what-if'
      ? this.#sendJson(path, request.request)
      : this.#send(path, { method: 'GET' }));
    return { name: fileNameOf(request, response.headers), content: await response.blob() };
  }

  async refresh(): Promise<void> {
    await this.#send('/refresh', { method: 'POST' });
  }

  async #get<T>(path: string): Promise<T> {
    const response = await this.#send(path, { method: 'GET' });
    return response.json();
  }

  async #post<T>(path: string, body: object): Promise<T> {
    const response = await this.#sendJson(path, body);
    return response.json();
  }

  #sendJson(path: string, body: object): Promise<Response> {
    const headers = { 'Content-Type': 'application/json' };
    return this.#send(path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  async #send(path: string, init: RequestInit): Promise<Response> {
    const { discoveryApi, fetchApi } = this.options;
    const base = await discoveryApi.getBaseUrl('sidetrace');
    const response = await fetchApi.fetch(`${base}${path}`, init);
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return response;
  }
}

const entityPath = ({ kind, namespace, name }: CompoundEntityRef) =>
  `/entities/${[namespace, kind, name].map(part => encodeURIComponent(part.toLowerCase())).join('/')}`;
