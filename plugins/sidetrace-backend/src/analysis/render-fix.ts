import type { FixedObject, RenderedFix } from '@sidetrace/backstage-plugin-sidetrace-common';
import type { Fix, ObjectRef, RawResource, SourceRef } from '@sidetrace/core';
import { Document, stringify } from 'yaml';

type Edit = Fix['edits'][number];

const placeKey = ({ file, document, item = '' }: SourceRef) => `${file}\n${document}\n${item}`;

const asMap = (value: unknown): ReadonlyMap<string, unknown> =>
  new Map<string, unknown>(
    typeof value === 'object' && value !== null ? Object.entries(value) : [],
  );

function refOf(value: unknown): ObjectRef {
  const fields = asMap(value);
  const metadata = asMap(fields.get('metadata'));
  const namespace = metadata.get('namespace');
  return {
    kind: String(fields.get('kind') ?? ''),
    name: String(metadata.get('name') ?? ''),
    ...(typeof namespace === 'string' ? { namespace } : {}),
  };
}

function edited(value: unknown, edits: readonly Edit[]): string {
  const document = new Document(value);
  for (const edit of edits) {
    if (edit.op === 'remove') document.deleteIn(edit.path);
    else document.setIn(edit.path, edit.value);
  }
  return document.toString({ lineWidth: 0 });
}

/** Objects of a snapshot by where they stood. */
export const rawByPlace = (resources: readonly RawResource[]): ReadonlyMap<string, RawResource> =>
  new Map(resources.map(resource => [placeKey(resource.source), resource] as const));

/**
 * A fix as YAML of the whole objects, before and after. Comments of the manifest are not there: a snapshot keeps values.
 * `undefined` when an edit is of an object that the snapshot does not hold, or cannot be made.
 */
export function renderFix(
  fix: Fix,
  raw: ReadonlyMap<string, RawResource>,
): RenderedFix | undefined {
  const byPlace = new Map<string, Edit[]>();
  for (const edit of fix.edits) {
    const key = placeKey(edit.source);
    byPlace.set(key, [...(byPlace.get(key) ?? []), edit]);
  }
  const objects: FixedObject[] = [];
  for (const [key, edits] of byPlace) {
    const resource = raw.get(key);
    if (resource === undefined) return undefined;
    const { value, source } = resource;
    try {
      objects.push({
        object: refOf(value),
        place: { file: source.file, line: source.line },
        before: stringify(value, { lineWidth: 0 }),
        after: edited(value, edits),
      });
    } catch {
      // the yaml library throws when a path leads through something that is no map or list
      return undefined;
    }
  }
  for (const value of fix.create ?? []) {
    objects.push({ object: refOf(value), after: stringify(value, { lineWidth: 0 }) });
  }
  return { title: fix.title, objects, yaml: objects.map(({ after }) => after).join('---\n') };
}
