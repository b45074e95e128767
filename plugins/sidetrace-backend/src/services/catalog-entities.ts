import type { AuthService, BackstageCredentials } from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import {
  type CompoundEntityRef,
  type Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  declaredHostsOf,
  matchingWorkloads,
  workloadQueryOf,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import type { AccessTarget } from '@sidetrace/core';
import type { SourceMesh } from './loaded-mesh';
import type { Declared } from './mesh-analysis';

/** External hosts of an entity and of what it depends on. */
export interface EntityHosts {
  readonly targets: readonly AccessTarget[];
  readonly invalid: readonly string[];
}

const fields = ['kind', 'metadata.name', 'metadata.namespace', 'metadata.annotations', 'relations'];

/** What the plugin reads from the catalog. */
export class CatalogEntities {
  constructor(
    private readonly catalog: CatalogService,
    private readonly auth: AuthService,
  ) {}

  /** Reads an entity as the caller: one that the caller may not see is not there. */
  async find(ref: CompoundEntityRef, credentials: BackstageCredentials): Promise<Entity> {
    const entity = await this.catalog.getEntityByRef(ref, { credentials });
    if (entity === undefined) {
      throw new NotFoundError(`there is no entity ${stringifyEntityRef(ref)} that you can see`);
    }
    return entity;
  }

  /** Hosts declared on the entity, and on the Resources and APIs that it depends on. */
  async declaredHosts(entity: Entity, credentials: BackstageCredentials): Promise<EntityHosts> {
    const refs = (entity.relations ?? [])
      .filter(({ type }) => type === 'dependsOn' || type === 'consumesApi')
      .map(({ targetRef }) => targetRef)
      .filter(ref => ['resource', 'api'].includes(parseEntityRef(ref).kind.toLowerCase()));
    const related =
      refs.length === 0
        ? []
        : (await this.catalog.getEntitiesByRefs({ entityRefs: refs }, { credentials })).items;
    const all = [entity, ...related.filter(item => item !== undefined)].map(declaredHostsOf);
    return {
      targets: all.flatMap(({ targets }) => targets),
      invalid: all.flatMap(({ invalid }) => invalid),
    };
  }

  /** Hosts that the catalog declares for workloads of these meshes, whoever asks: part of the picture of the mesh. */
  async declaredByWorkload(meshes: readonly SourceMesh[]): Promise<Declared> {
    const credentials = await this.auth.getOwnServiceCredentials();
    const filter = { 'metadata.annotations.sidetrace.dev/external-hosts': CATALOG_FILTER_EXISTS };
    const { items } = await this.catalog.getEntities({ filter, fields }, { credentials });
    const declared = new Map<string, readonly AccessTarget[]>();
    for (const entity of items) {
      const query = workloadQueryOf(entity);
      if (query === undefined) continue;
      const { targets } = declaredHostsOf(entity);
      for (const { source, loaded } of meshes) {
        const { cluster } = source;
        const workloads = loaded?.mesh.workloads ?? [];
        const found = matchingWorkloads(query, {
          ...(cluster === undefined ? {} : { cluster }),
          workloads,
        });
        for (const { ref } of found) {
          const key = `${ref.namespace}/${ref.name}`;
          declared.set(key, [...(declared.get(key) ?? []), ...targets]);
        }
      }
    }
    return Object.fromEntries(declared);
  }
}
