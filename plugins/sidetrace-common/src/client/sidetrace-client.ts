import type { CompoundEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import type { EntityCardAnswer, EntityTabAnswer } from '../wire/entity-answer';
import type { AccessMatrix, MeshFindings, MeshOverview } from '../wire/mesh-answer';

/** The views of the backend, one request each. Rejects with a `ResponseError`. */
export interface SidetraceApi {
  entityCard(entity: CompoundEntityRef): Promise<EntityCardAnswer>;
  /** `workload`: the id of one of the entity's workloads; the first when not given. */
  entityTab(entity: CompoundEntityRef, workload?: string): Promise<EntityTabAnswer>;
  meshOverview(): Promise<MeshOverview>;
  accessMatrix(): Promise<AccessMatrix>;
  meshFindings(): Promise<MeshFindings>;
  /** Makes the backend read its sources now. */
  refresh(): Promise<void>;
}

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
    const query = workload === undefined ? '' : `?workload=${encodeURIComponent(workload)}`;
    return this.#get(`${entityPath(entity)}/tab${query}`);
  }

  meshOverview(): Promise<MeshOverview> {
    return this.#get('/mesh/overview');
  }

  accessMatrix(): Promise<AccessMatrix> {
    return this.#get('/mesh/access');
  }

  meshFindings(): Promise<MeshFindings> {
    return this.#get('/mesh/findings');
  }

  async refresh(): Promise<void> {
    await this.#send('/refresh', { method: 'POST' });
  }

  async #get<T>(path: string): Promise<T> {
    const response = await this.#send(path, { method: 'GET' });
    return response.json();
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
