import { createHash } from 'node:crypto';
import type { AuthService, BackstageCredentials } from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { type Entity, parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  declaredHostsOf,
  EXTERNAL_HOSTS_ANNOTATION,
  KUBERNETES_ID_ANNOTATION,
  KUBERNETES_LABEL_SELECTOR_ANNOTATION,
  WORKLOAD_ANNOTATION,
  type WorkloadQuery,
  workloadQueryOf,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import type { AccessTarget } from '@sidetrace/core';

/** An entity that says which workloads are its own. */
export interface Binding {
  readonly entity: string;
  readonly query: WorkloadQuery;
  /** External hosts declared on it and on the Resources and APIs that it depends on. */
  readonly targets: readonly AccessTarget[];
  readonly owner?: string;
  readonly system?: string;
}

export interface Bindings {
  /** Differs when anything of the list does. */
  readonly version: string;
  readonly list: readonly Binding[];
}

const fields = ['kind', 'metadata.name', 'metadata.namespace', 'metadata.annotations', 'relations'];
const annotations = [
  WORKLOAD_ANNOTATION,
  KUBERNETES_ID_ANNOTATION,
  KUBERNETES_LABEL_SELECTOR_ANNOTATION,
  EXTERNAL_HOSTS_ANNOTATION,
];

const targetsOf = (entity: Entity, type: string): readonly string[] =>
  (entity.relations ?? []).filter(relation => relation.type === type).map(item => item.targetRef);

/** References of Resources and APIs that an entity depends on: hosts declared there are its own. */
export const dependenciesOf = (entity: Entity): readonly string[] =>
  [...targetsOf(entity, 'dependsOn'), ...targetsOf(entity, 'consumesApi')].filter(ref =>
    ['resource', 'api'].includes(parseEntityRef(ref).kind.toLowerCase()),
  );

function bindingOf(entity: Entity, byRef: ReadonlyMap<string, Entity>): readonly Binding[] {
  const query = workloadQueryOf(entity);
  if (query === undefined) return [];
  const dependencies = dependenciesOf(entity).flatMap(ref => byRef.get(ref) ?? []);
  const [owner] = targetsOf(entity, 'ownedBy');
  const system = targetsOf(entity, 'partOf').find(ref => parseEntityRef(ref).kind === 'system');
  return [
    {
      entity: stringifyEntityRef(entity),
      query,
      targets: [entity, ...dependencies].flatMap(item => declaredHostsOf(item).targets),
      ...(owner === undefined ? {} : { owner }),
      ...(system === undefined ? {} : { system }),
    },
  ];
}

interface Kept<T> {
  readonly until: number;
  readonly value: Promise<T>;
}

const keptMs = 60_000;
const keptCallers = 200;

/** Which workloads belong to which entity, as the catalog says; asked at most once a minute. */
export class CatalogBindings {
  #all: Kept<Bindings> | undefined;
  readonly #visible = new Map<string, Kept<ReadonlySet<string>>>();

  constructor(
    private readonly catalog: CatalogService,
    private readonly auth: AuthService,
    private readonly now: () => number,
  ) {}

  /** All of them, whoever asks: part of the picture of a mesh. Names go to callers only as far as `visible` says. */
  all(): Promise<Bindings> {
    if (this.#all !== undefined && this.#all.until > this.now()) return this.#all.value;
    const value = this.#read();
    this.#all = { until: this.now() + keptMs, value };
    value.catch(() => {
      this.#all = undefined;
    });
    return value;
  }

  async #read(): Promise<Bindings> {
    const credentials = await this.auth.getOwnServiceCredentials();
    const filter = annotations.map(name => ({
      [`metadata.annotations.${name}`]: CATALOG_FILTER_EXISTS,
    }));
    const { items } = await this.catalog.getEntities({ filter, fields }, { credentials });
    const byRef = new Map(items.map(entity => [stringifyEntityRef(entity), entity] as const));
    const list = [...byRef.values()].flatMap(entity => bindingOf(entity, byRef));
    const version = createHash('sha256').update(JSON.stringify(list)).digest('hex');
    return { version, list };
  }

  /** References of the bound entities that the caller may see. */
  async visible(credentials: BackstageCredentials): Promise<ReadonlySet<string>> {
    const { version, list } = await this.all();
    const key = `${version} ${JSON.stringify(credentials.principal)}`;
    const known = this.#visible.get(key);
    if (known !== undefined && known.until > this.now()) return known.value;
    const value = this.#readVisible(list, credentials);
    this.#visible.delete(key);
    this.#visible.set(key, { until: this.now() + keptMs, value });
    value.catch(() => this.#visible.delete(key));
    for (const oldest of this.#visible.keys()) {
      if (this.#visible.size <= keptCallers) break;
      this.#visible.delete(oldest);
    }
    return value;
  }

  async #readVisible(
    list: readonly Binding[],
    credentials: BackstageCredentials,
  ): Promise<ReadonlySet<string>> {
    const entityRefs = list.map(({ entity }) => entity);
    if (entityRefs.length === 0) return new Set();
    const request = { entityRefs, fields: ['kind', 'metadata.name', 'metadata.namespace'] };
    const { items } = await this.catalog.getEntitiesByRefs(request, { credentials });
    return new Set(items.flatMap(item => (item === undefined ? [] : [stringifyEntityRef(item)])));
  }
}
