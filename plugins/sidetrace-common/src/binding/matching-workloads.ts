import type { WorkloadRef } from '@sidetrace/core';
import { meetsRequirement } from './label-selector';
import type { WorkloadQuery } from './workload-query';

/** What the binding needs to know of a workload. */
export interface BindableWorkload {
  readonly ref: WorkloadRef;
  /** Labels of its pods. */
  readonly labels: Readonly<Record<string, string>>;
  /** The owner's manifest; its own labels count too. */
  readonly resource?: {
    readonly metadata: { readonly labels: Readonly<Record<string, string>> };
  };
}

function hasName({ kind, namespace, name }: WorkloadRef, wanted: string): boolean {
  const parts = wanted.split('/');
  if (parts[0] !== namespace || parts.at(-1) !== name) return false;
  const [, wantedKind] = parts;
  return parts.length === 2 || wantedKind?.toLowerCase() === kind.toLowerCase();
}

function matches(query: WorkloadQuery, workload: BindableWorkload): boolean {
  if (query.kind === 'invalid') return false;
  const { ref, labels, resource } = workload;
  if (query.namespace !== undefined && query.namespace !== ref.namespace) return false;
  if (query.kind === 'names') return query.names.some(name => hasName(ref, name));
  const every = (own: Readonly<Record<string, string>>) =>
    query.requirements.every(requirement => meetsRequirement(requirement, own));
  return every(labels) || (resource !== undefined && every(resource.metadata.labels));
}

/** The workloads of one mesh that an entity means, in the mesh's order. */
export function matchingWorkloads<T extends BindableWorkload>(
  query: WorkloadQuery,
  mesh: { readonly cluster?: string; readonly workloads: readonly T[] },
): readonly T[] {
  const elsewhere =
    query.kind !== 'invalid' && query.cluster !== undefined && query.cluster !== mesh.cluster;
  return elsewhere ? [] : mesh.workloads.filter(workload => matches(query, workload));
}
