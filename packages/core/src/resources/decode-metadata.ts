import { type Cursor, field } from './decode/cursor';
import { compact, list, text, textMap } from './decode/scalars';
import type { Condition, Metadata } from './resource';

const readOwner = (cursor: Cursor) => ({
  kind: text(field(cursor, 'kind')) ?? '',
  name: text(field(cursor, 'name')) ?? '',
});

/** Metadata of an object; `namespace` stays absent when the manifest names none. */
export function readMetadata(object: Cursor): Metadata {
  const metadata = field(object, 'metadata');
  const owners = field(metadata, 'ownerReferences');
  return compact({
    name: text(field(metadata, 'name')) ?? text(field(metadata, 'generateName')) ?? '',
    namespace: text(field(metadata, 'namespace')) || undefined,
    labels: textMap(field(metadata, 'labels')),
    annotations: textMap(field(metadata, 'annotations')),
    creationTimestamp: text(field(metadata, 'creationTimestamp')),
    ownerReferences: owners.value === undefined ? undefined : list(owners, readOwner),
  });
}

const readCondition = (cursor: Cursor): Condition => ({
  type: text(field(cursor, 'type')) ?? '',
  status: text(field(cursor, 'status')) ?? '',
  reason: text(field(cursor, 'reason')) ?? '',
  message: text(field(cursor, 'message')) ?? '',
});

/** Conditions of the status; `undefined` when there are none. */
export function readConditions(object: Cursor): readonly Condition[] | undefined {
  const conditions = list(field(field(object, 'status'), 'conditions'), readCondition);
  return conditions.length === 0 ? undefined : conditions;
}
