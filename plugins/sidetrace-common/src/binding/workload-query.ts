import type { Entity } from '@backstage/catalog-model';
import {
  KUBERNETES_CLUSTER_ANNOTATION,
  KUBERNETES_ID_ANNOTATION,
  KUBERNETES_LABEL_SELECTOR_ANNOTATION,
  KUBERNETES_NAMESPACE_ANNOTATION,
  WORKLOAD_ANNOTATION,
} from '../annotations';
import { type LabelRequirement, parseLabelSelector } from './label-selector';

interface Filters {
  readonly namespace?: string;
  readonly cluster?: string;
}

/** What an entity says about its workloads; the first annotation that is there counts. */
export type WorkloadQuery =
  | ({
      readonly kind: 'names';
      readonly annotation: string;
      readonly names: readonly string[];
    } & Filters)
  | ({
      readonly kind: 'selector';
      readonly annotation: string;
      readonly text: string;
      readonly requirements: readonly LabelRequirement[];
    } & Filters)
  | {
      readonly kind: 'invalid';
      readonly annotation: string;
      readonly text: string;
      readonly why: string;
    };

const annotationOf = (entity: Entity, name: string): string | undefined => {
  const annotations = entity.metadata.annotations ?? {};
  const value = Object.hasOwn(annotations, name) ? annotations[name]?.trim() : undefined;
  return value === '' ? undefined : value;
};

function filtersOf(entity: Entity): Filters {
  const namespace = annotationOf(entity, KUBERNETES_NAMESPACE_ANNOTATION);
  const cluster = annotationOf(entity, KUBERNETES_CLUSTER_ANNOTATION);
  return {
    ...(namespace === undefined ? {} : { namespace }),
    ...(cluster === undefined ? {} : { cluster }),
  };
}

function queryByName(text: string, filters: Filters): WorkloadQuery {
  const names = text
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '');
  const wrong = names.find(name => !/^[^/\s]+(\/[^/\s]+){1,2}$/.test(name));
  if (wrong === undefined) {
    return { kind: 'names', annotation: WORKLOAD_ANNOTATION, names, ...filters };
  }
  const why = `\`${wrong}\` is neither \`namespace/name\` nor \`namespace/kind/name\``;
  return { kind: 'invalid', annotation: WORKLOAD_ANNOTATION, text, why };
}

function queryBySelector(text: string, filters: Filters): WorkloadQuery {
  const annotation = KUBERNETES_LABEL_SELECTOR_ANNOTATION;
  const parsed = parseLabelSelector(text);
  return parsed.kind === 'invalid'
    ? { kind: 'invalid', annotation, text, why: parsed.why }
    : { kind: 'selector', annotation, text, requirements: parsed.requirements, ...filters };
}

/**
 * Reads which workloads an entity means: its own annotation, else those of the Kubernetes plugin, whose label selector
 * goes before the id as it does there. `undefined` when it has none of them.
 */
export function workloadQueryOf(entity: Entity): WorkloadQuery | undefined {
  const filters = filtersOf(entity);
  const names = annotationOf(entity, WORKLOAD_ANNOTATION);
  if (names !== undefined) return queryByName(names, filters);
  const id = annotationOf(entity, KUBERNETES_ID_ANNOTATION);
  const selector = annotationOf(entity, KUBERNETES_LABEL_SELECTOR_ANNOTATION);
  if (selector !== undefined) return queryBySelector(selector, filters);
  if (id === undefined) return undefined;
  return {
    kind: 'selector',
    annotation: KUBERNETES_ID_ANNOTATION,
    text: `${KUBERNETES_ID_ANNOTATION}=${id}`,
    requirements: [{ key: KUBERNETES_ID_ANNOTATION, kind: 'in', values: [id] }],
    ...filters,
  };
}

/** True when the entity says in some way which workloads are its own. */
export const isSidetraceAvailable = (entity: Entity): boolean =>
  workloadQueryOf(entity) !== undefined;

/** What was looked for, in words: `workload shop/web`, `labels app=web in namespace shop`. */
export function describeQuery(query: WorkloadQuery): string {
  if (query.kind === 'invalid') return `\`${query.text}\`: ${query.why}`;
  const what =
    query.kind === 'names' ? `workload ${query.names.join(', ')}` : `pods with ${query.text}`;
  const where = query.namespace === undefined ? '' : ` in namespace ${query.namespace}`;
  const cluster = query.cluster === undefined ? '' : ` of cluster ${query.cluster}`;
  return `${what}${where}${cluster}`;
}
