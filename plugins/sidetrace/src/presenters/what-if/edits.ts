import type { EditIssue, WhatIfEdits } from '@sidetrace/backstage-plugin-sidetrace-common';
import { formatObjectRef, type MeshChange, type ObjectRef } from '@sidetrace/core';
import { readManifests } from '@sidetrace/loader';

export const outboundModes = ['REGISTRY_ONLY', 'ALLOW_ANY', 'ALLOW_ANY_DYNAMIC_DNS'] as const;
export type OutboundMode = (typeof outboundModes)[number];

/** The mode that a text names, as in a URL. */
export const outboundModeOf = (text: string): OutboundMode | undefined =>
  outboundModes.find(mode => mode === text);

/** Whether there is anything to try. */
export function hasEdits({ outboundMode, apply, removeYaml, remove, annotate }: WhatIfEdits) {
  return (
    outboundMode !== undefined ||
    (apply ?? '').trim() !== '' ||
    (removeYaml ?? '').trim() !== '' ||
    (remove ?? []).length > 0 ||
    (annotate ?? []).length > 0
  );
}

/** The edits with these added: texts are appended as documents of their own, an object is removed once. */
export function addEdits(before: WhatIfEdits, more: WhatIfEdits): WhatIfEdits {
  const apply = joinDocuments(before.apply ?? '', more.apply ?? '');
  const removeYaml = joinDocuments(before.removeYaml ?? '', more.removeYaml ?? '');
  const outboundMode = more.outboundMode ?? before.outboundMode;
  const remove = unique([...(before.remove ?? []), ...(more.remove ?? [])]);
  const annotate = [...(before.annotate ?? []), ...(more.annotate ?? [])];
  return {
    ...(outboundMode === undefined ? {} : { outboundMode }),
    ...(apply === '' ? {} : { apply }),
    ...(removeYaml === '' ? {} : { removeYaml }),
    ...(remove.length === 0 ? {} : { remove }),
    ...(annotate.length === 0 ? {} : { annotate }),
  };
}

function unique(objects: readonly ObjectRef[]): readonly ObjectRef[] {
  return [...new Map(objects.map(object => [formatObjectRef(object), object])).values()];
}

/** Two texts of manifests as one; a text that is there already is not repeated. */
function joinDocuments(before: string, more: string): string {
  const [first, second] = [before.trim(), more.trim()];
  if (second === '' || first.includes(second)) return first;
  return first === '' ? second : `${first}\n---\n${second}`;
}

/** Edits as changes of a mesh, and what of the text cannot be read. */
export interface ReadEdits {
  readonly changes: readonly MeshChange[];
  readonly issues: readonly EditIssue[];
}

/** Reads the edits as the backend does. */
export function readEdits({ outboundMode, apply, remove, annotate }: WhatIfEdits): ReadEdits {
  const text = (apply ?? '').trim();
  const read = text === '' ? { resources: [], issues: [] } : readManifests(apply ?? '', 'what-if');
  const changes: MeshChange[] = [
    ...(outboundMode === undefined ? [] : [{ kind: 'set-outbound' as const, mode: outboundMode }]),
    ...read.resources.map(resource => ({ kind: 'apply' as const, resource })),
    ...(remove ?? []).map(object => ({ kind: 'remove' as const, object })),
    ...(annotate ?? []).map(edit => ({ kind: 'annotate' as const, ...edit })),
  ];
  const issues = read.issues.map(
    (issue): EditIssue => ({
      ...issue,
      edit: 'apply',
      ...(issue.source === undefined ? {} : { line: issue.source.line }),
    }),
  );
  return { changes, issues };
}
