import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { type CompoundEntityRef, type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { declaredHostsOf } from '@sidetrace/backstage-plugin-sidetrace-common';
import type { AccessTarget } from '@sidetrace/core';
import { dependenciesOf } from './bindings';

/** External hosts of an entity and of what it depends on. */
export interface EntityHosts {
  readonly targets: readonly AccessTarget[];
  readonly invalid: readonly string[];
}

/** What the plugin reads from the catalog as the caller. */
export class CatalogEntities {
  constructor(private readonly catalog: CatalogService) {}

  /** Reads an entity as the caller: one that the caller may not see is not there. */
  async find(ref: CompoundEntityRef, credentials: BackstageCredentials): Promise<Entity> {
    const entity = await this.catalog.getEntityByRef(ref, { credentials });
    if (entity === undefined) {
      throw new NotFoundError(`there is no entity ${stringifyEntityRef(ref)} that you can see`);
    }
    return entity;
  }

  /** Hosts declared on the entity, and on the Resources and APIs that it depends on and the caller may see. */
  async declaredHosts(entity: Entity, credentials: BackstageCredentials): Promise<EntityHosts> {
    const entityRefs = [...dependenciesOf(entity)];
    const related =
      entityRefs.length === 0
        ? []
        : (await this.catalog.getEntitiesByRefs({ entityRefs }, { credentials })).items;
    const all = [entity, ...related.filter(item => item !== undefined)].map(declaredHostsOf);
    return {
      targets: all.flatMap(({ targets }) => targets),
      invalid: all.flatMap(({ invalid }) => invalid),
    };
  }
}
