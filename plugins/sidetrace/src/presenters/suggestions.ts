import type { WhatIfEdits } from '@sidetrace/backstage-plugin-sidetrace-common';
import type { Mesh, Trace } from '@sidetrace/core';
import { type NearMiss, nearMisses, succeeds, suggestFixes } from '@sidetrace/core/access';

/** A change that makes the call succeed: it was tried on a copy of the mesh. */
export interface SuggestionView {
  readonly title: string;
  /** Empty when the change is an annotation. */
  readonly yaml: string;
  readonly edits: WhatIfEdits;
  /** What the application would see. */
  readonly sees: string;
}

export type Suggestions =
  | { readonly kind: 'works' }
  | {
      readonly kind: 'blocked';
      readonly suggestions: readonly SuggestionView[];
      readonly near: readonly NearMiss[];
    };

type Remedy = ReturnType<typeof suggestFixes>[number];

function editsOf({ yaml, changes }: Remedy): WhatIfEdits {
  const annotate = changes.flatMap(change => {
    if (change.kind !== 'annotate') return [];
    const { workload, annotation, value } = change;
    return [{ workload, annotation, ...(value === undefined ? {} : { value }) }];
  });
  return {
    ...(yaml === '' ? {} : { apply: yaml }),
    ...(annotate.length === 0 ? {} : { annotate }),
  };
}

/** How to make a blocked call succeed, and which registered hosts somebody may have meant. */
export function suggestionsFor(mesh: Mesh, trace: Trace): Suggestions {
  if (succeeds(trace)) return { kind: 'works' };
  return {
    kind: 'blocked',
    near: nearMisses(mesh, trace.call.to),
    suggestions: suggestFixes(mesh, trace).map(remedy => ({
      title: remedy.title,
      yaml: remedy.yaml,
      edits: editsOf(remedy),
      sees: remedy.after.symptom.summary,
    })),
  };
}
