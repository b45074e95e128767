import type {
  BypassEntry,
  BypassFilter,
  BypassPage,
  BypassRequest,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import type { WorkloadRef } from '@sidetrace/core';
import type { IndexedBypass } from '../analysis/analysis-index';
import { counted } from '../analysis/counted';
import { type AnsweringMesh, answering } from '../services/analyses';
import { sourceState } from './source-state';
import { contains, pageOf, refsOf, type ViewContext } from './view-context';

/** A bypass with those of its workloads that a filter lets through. */
export interface FilteredBypass {
  readonly mesh: AnsweringMesh;
  readonly bypass: IndexedBypass;
  readonly refs: readonly WorkloadRef[];
}

/** The bypasses that a filter leaves, those of every call first. */
export function filterBypasses(
  context: ViewContext,
  filter: BypassFilter,
): readonly FilteredBypass[] {
  const { source, reason, namespace, owner, text } = filter;
  const whole = ({ bypass }: FilteredBypass) => (bypass.covers === 'every call' ? 0 : 1);
  return answering(context.meshes)
    .filter(mesh => source === undefined || mesh.source.id === source)
    .flatMap(mesh =>
      mesh.loaded.index.bypasses
        .filter(bypass => reason === undefined || bypass.reason === reason)
        .map(bypass => {
          const refs = refsOf(mesh, mesh.loaded.sets[bypass.workloads]).filter(
            ref =>
              (namespace === undefined || ref.namespace === namespace) &&
              contains(`${ref.namespace}/${ref.name}\n${bypass.message}`, text) &&
              (owner === undefined || context.names.of(mesh, ref).owner === owner),
          );
          return { mesh, bypass, refs };
        }),
    )
    .filter(({ refs }) => refs.length > 0)
    .sort((a, b) => whole(a) - whole(b));
}

const entryOf = ({ mesh, bypass, refs }: FilteredBypass, { names }: ViewContext): BypassEntry => {
  const { reason, covers, message, origin } = bypass;
  return {
    source: mesh.source.id,
    reason,
    covers,
    message,
    ...(origin === undefined ? {} : { origin }),
    workloads: names.affected(mesh, refs),
  };
};

/** A page of who is not, or not fully, behind the sidecar. */
export function bypassView(context: ViewContext, request: BypassRequest): BypassPage {
  const all = filterBypasses(context, request);
  const { items, info } = pageOf(all, request);
  return {
    sources: context.meshes.map(mesh => sourceState(mesh)),
    bypasses: items.map(item => entryOf(item, context)),
    ...info,
    facets: {
      reasons: counted(all.flatMap(({ bypass, refs }) => refs.map(() => bypass.reason))),
      namespaces: counted(all.flatMap(({ refs }) => refs.map(ref => ref.namespace))),
      owners: counted(
        all.flatMap(({ mesh, refs }) =>
          refs.flatMap(ref => context.names.of(mesh, ref).owner ?? []),
        ),
      ),
    },
  };
}
