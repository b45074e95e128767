import type { FixedObject, RenderedFix } from '@sidetrace/backstage-plugin-sidetrace-common';
import type { Fix, ObjectRef, RawResource, SourceRef } from '@sidetrace/core';
import { applyEdits, splitDocuments } from '@sidetrace/loader';
import { Document, stringify } from 'yaml';

type Edit = Fix['edits'][number];

const documentKey = ({ file, document }: SourceRef) => `${file}\n${document}`;
const placeKey = (source: SourceRef) => `${documentKey(source)}\n${source.item ?? ''}`;

/** The object at a place of a document: the document's own, or an item of a List in it. */
function objectAt(document: unknown, item: string | undefined): unknown {
  let value = document;
  for (const key of item?.split('.') ?? []) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

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

/** Manifests that fixes are made of. */
export interface Manifests {
  readonly raw: ReadonlyMap<string, RawResource>;
  /** Texts of files, as far as the snapshot keeps them. */
  readonly texts: ReadonlyMap<string, string>;
}

interface Rendered {
  readonly before: string;
  readonly after: string;
}

/** From the values alone: comments and quoting of the manifest are not there. */
function renderValue(value: unknown, edits: readonly Edit[]): Rendered {
  const document = new Document(value);
  for (const edit of edits) {
    if (edit.op === 'remove') document.deleteIn(edit.path);
    else document.setIn(edit.path, edit.value);
  }
  const before = stringify(value, { lineWidth: 0 });
  return { before, after: document.toString({ lineWidth: 0 }) };
}

/** From the text of its document, with its comments; an item of a List is rendered from its values. */
function render({ value, source }: RawResource, edits: readonly Edit[], texts: Manifests['texts']) {
  const text = source.item === undefined ? texts.get(source.file) : undefined;
  const document =
    text === undefined
      ? undefined
      : splitDocuments(text).find(item => item.document === source.document);
  if (document === undefined) return renderValue(value, edits);
  const alone = edits.map(edit => ({ ...edit, source: { ...edit.source, document: 0 } }));
  return { before: document.text, after: applyEdits(document.text, alone) };
}

/** Documents of a snapshot by where they stood. */
export const rawByPlace = (resources: readonly RawResource[]): Manifests['raw'] =>
  new Map(resources.map(resource => [documentKey(resource.source), resource] as const));

/**
 * A fix as YAML of the whole objects, before and after. `undefined` when an edit is of an object that the snapshot does
 * not hold, or cannot be made.
 */
export function renderFix(fix: Fix, { raw, texts }: Manifests): RenderedFix | undefined {
  const byPlace = new Map<string, Edit[]>();
  for (const edit of fix.edits) {
    const key = placeKey(edit.source);
    byPlace.set(key, [...(byPlace.get(key) ?? []), edit]);
  }
  const objects: FixedObject[] = [];
  for (const edits of byPlace.values()) {
    const [first] = edits;
    const document = first === undefined ? undefined : raw.get(documentKey(first.source));
    if (first === undefined || document === undefined) return undefined;
    const { item } = first.source;
    const value = objectAt(document.value, item);
    if (value === undefined) return undefined;
    const source = { ...document.source, ...(item === undefined ? {} : { item }) };
    try {
      objects.push({
        object: refOf(value),
        place: { file: source.file, line: source.line },
        ...render({ value, source }, edits, texts),
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
