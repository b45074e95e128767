import type { EditIssue, WhatIfEdits } from '@sidetrace/backstage-plugin-sidetrace-common';
import {
  applyChanges,
  type Issue,
  type Mesh,
  type MeshChange,
  type RawResource,
} from '@sidetrace/core';
import { locate, readManifests } from '@sidetrace/loader';

type EditText = 'apply' | 'removeYaml';

/** Issues of a text with the line that they are about. */
function located(issues: readonly Issue[], edit: EditText, text: string): readonly EditIssue[] {
  return issues.map(issue => {
    const { source, path = '' } = issue;
    if (source === undefined || source.file !== edit) return { ...issue, edit };
    // what cannot be read has no fields: its line is known already
    const place =
      issue.code === 'not-yaml' ? { line: source.line } : { ...locate(text, source, path) };
    return { ...issue, edit, ...place };
  });
}

const asMap = (value: unknown): ReadonlyMap<string, unknown> =>
  new Map<string, unknown>(
    typeof value === 'object' && value !== null ? Object.entries(value) : [],
  );

/** The object that a manifest names, as `kubectl delete -f` reads it. */
function removalOf({ value, source }: RawResource): MeshChange | EditIssue {
  const fields = asMap(value);
  const metadata = asMap(fields.get('metadata'));
  const [kind, name] = [fields.get('kind'), metadata.get('name')];
  if (typeof kind !== 'string' || typeof name !== 'string') {
    return {
      code: 'names-no-object',
      severity: 'error',
      message: 'the document names no object',
      hint: 'give kind and metadata.name',
      edit: 'removeYaml',
      source,
      line: source.line,
    };
  }
  const namespace = metadata.get('namespace');
  const object = { kind, name, ...(typeof namespace === 'string' ? { namespace } : {}) };
  return { kind: 'remove', object };
}

interface ReadEdits {
  readonly changes: readonly MeshChange[];
  readonly issues: readonly EditIssue[];
}

function readEdits(edits: WhatIfEdits): ReadEdits {
  const { outboundMode, apply = '', removeYaml = '', remove = [], annotate = [] } = edits;
  const applied = readManifests(apply, 'apply');
  const removed = readManifests(removeYaml, 'removeYaml');
  const removals = removed.resources.map(removalOf);
  return {
    changes: [
      ...(outboundMode === undefined
        ? []
        : [{ kind: 'set-outbound' as const, mode: outboundMode }]),
      ...remove.map(object => ({ kind: 'remove' as const, object })),
      ...removals.flatMap(item => ('kind' in item ? [item] : [])),
      ...applied.resources.map(resource => ({ kind: 'apply' as const, resource })),
      ...annotate.map(item => ({ kind: 'annotate' as const, ...item })),
    ],
    issues: [
      ...located(applied.issues, 'apply', apply),
      ...located(removed.issues, 'removeYaml', removeYaml),
      ...removals.flatMap(item => ('kind' in item ? [] : [item])),
    ],
  };
}

/** The mesh as it would be after the edits, and what is wrong with them. */
export function editMesh(
  mesh: Mesh,
  edits: WhatIfEdits,
): { readonly mesh: Mesh; readonly issues: readonly EditIssue[] } {
  const { changes, issues } = readEdits(edits);
  const changed = applyChanges(mesh, changes);
  const text = edits.apply ?? '';
  const ofChanges = changed.issues.flatMap(issue =>
    issue.source?.file === 'apply'
      ? located([issue], 'apply', text)
      : [{ ...issue, edit: 'settings' as const }],
  );
  return { mesh: changed.mesh, issues: [...issues, ...ofChanges] };
}
