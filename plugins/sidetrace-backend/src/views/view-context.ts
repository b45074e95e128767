import type { WorkloadRef } from '@sidetrace/core';
import type { Waiver } from '@sidetrace/core/audit';
import { membersOf, type WorkloadSet } from '../analysis/workload-set';
import type { ObservedCalls } from '../observed/observed-calls';
import type { Analyses, AnsweringMesh, SourceMesh } from '../services/analyses';
import type { Names } from './names';

/** What views answer from, for one caller. */
export interface ViewContext {
  readonly meshes: readonly SourceMesh[];
  readonly names: Names;
  readonly analyses: Analyses;
  readonly waivers: readonly Waiver[];
  readonly observed: ObservedCalls;
  readonly now: Date;
}

const known = new WeakMap<WorkloadSet, readonly WorkloadRef[]>();

/** The workloads of a set of a mesh. */
export function refsOf(
  { loaded }: AnsweringMesh,
  set: WorkloadSet | undefined,
): readonly WorkloadRef[] {
  if (set === undefined) return [];
  const before = known.get(set);
  if (before !== undefined) return before;
  const refs = membersOf(set).flatMap(at => loaded.index.workloads[at]?.ref ?? []);
  known.set(set, refs);
  return refs;
}

/** The part of a list that a page shows. */
export function pageOf<T>(
  items: readonly T[],
  {
    offset = 0,
    limit = 50,
  }: { readonly offset?: number | undefined; readonly limit?: number | undefined },
) {
  return {
    items: items.slice(offset, offset + limit),
    info: { offset, limit, total: items.length },
  };
}

/** True when a text contains another, in any case; no text asked for is in all. */
export const contains = (text: string, part: string | undefined): boolean =>
  part === undefined || text.toLowerCase().includes(part.toLowerCase());
