import type {
  AuthService,
  DiscoveryService,
  LoggerService,
  SchedulerServiceTaskRunner,
} from '@backstage/backend-plugin-api';
import { type Entity, getCompoundEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type {
  CatalogService,
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import {
  fetchWithToken,
  SidetraceClient,
  workloadQueryOf,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import { type EntityAccess, externalHosts } from './external-host';
import type { ProviderConfig } from './provider-config';
import { resourceEntity } from './resource-entity';

export interface ExternalHostProviderOptions {
  readonly config: ProviderConfig;
  readonly auth: AuthService;
  readonly catalog: CatalogService;
  readonly discovery: DiscoveryService;
  readonly logger: LoggerService;
  readonly taskRunner: SchedulerServiceTaskRunner;
}

/** Entities that may have workloads; one page of the catalog at a time. */
const kinds = ['Component'];
const fields = ['kind', 'metadata.name', 'metadata.namespace', 'metadata.annotations'];
const pageSize = 500;

/** Emits the external hosts that the catalog's components reach, as one full mutation. */
export class ExternalHostProvider implements EntityProvider {
  constructor(private readonly options: ExternalHostProviderOptions) {}

  getProviderName(): string {
    return 'sidetrace-external-hosts';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    await this.options.taskRunner.run({
      id: `${this.getProviderName()}:refresh`,
      fn: () => this.refresh(connection),
    });
  }

  /** Asks about every component and replaces what was emitted before. One that fails leaves the last result as it is. */
  async refresh(connection: EntityProviderConnection): Promise<void> {
    const { config, logger } = this.options;
    const client = this.#client();
    const accesses: EntityAccess[] = [];
    for await (const entity of this.#entitiesWithWorkloads()) {
      accesses.push(...(await accessOf(client, entity)));
    }
    const hosts = externalHosts(accesses);
    await connection.applyMutation({
      type: 'full',
      entities: hosts.map(host => ({
        entity: resourceEntity(host, config),
        locationKey: this.getProviderName(),
      })),
    });
    logger.info(`${hosts.length} external hosts of ${accesses.length} workloads`);
  }

  async *#entitiesWithWorkloads(): AsyncIterable<Entity> {
    const { auth, catalog } = this.options;
    const credentials = await auth.getOwnServiceCredentials();
    let cursor: string | undefined;
    do {
      const request =
        cursor === undefined ? { filter: { kind: kinds }, fields } : { cursor, fields };
      const page = await catalog.queryEntities({ ...request, limit: pageSize }, { credentials });
      yield* page.items.filter(entity => workloadQueryOf(entity) !== undefined);
      cursor = page.pageInfo.nextCursor;
    } while (cursor !== undefined);
  }

  #client(): SidetraceClient {
    const { auth, discovery } = this.options;
    const token = async () =>
      auth.getPluginRequestToken({
        onBehalfOf: await auth.getOwnServiceCredentials(),
        targetPluginId: 'sidetrace',
      });
    return new SidetraceClient({
      discoveryApi: discovery,
      fetchApi: { fetch: fetchWithToken(token) },
    });
  }
}

/** What each workload of an entity reaches; none for an entity that matches no workload. */
async function accessOf(client: SidetraceClient, entity: Entity): Promise<readonly EntityAccess[]> {
  const ref = getCompoundEntityRef(entity);
  const entityRef = stringifyEntityRef(entity);
  const first = await client.entityTab(ref);
  if (first.kind !== 'workload') return [];
  const accesses: EntityAccess[] = [{ entityRef, rows: first.access }];
  for (const { id } of first.workloads) {
    if (id === first.selected.workload.id) continue;
    const other = await client.entityTab(ref, id);
    if (other.kind === 'workload') accesses.push({ entityRef, rows: other.access });
  }
  return accesses;
}
