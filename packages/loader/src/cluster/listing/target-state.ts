import { isDeepStrictEqual } from 'node:util';
import type { RawResource } from '@sidetrace/core';
import { type ApiFailure, type JsonObject, member, textMember } from '../request';
import { type HiddenValue, stripObject } from '../strip';
import type { ListTarget } from './list-target';

/** An object as it is kept. */
export interface KeptObject {
  readonly resource: RawResource;
  readonly hidden: readonly HiddenValue[];
}

/** What is known of one list. */
export interface TargetState {
  readonly target: ListTarget;
  /** By namespace and name, in the order of the server. */
  readonly objects: Map<string, KeptObject>;
  /** Version of the state that the objects show; undefined before the first list. */
  version: string | undefined;
  /** Whether a watch was open since the list was read whole: what resumes may meet another server. */
  resumes: boolean;
  /** When the server last told something of the list, by `performance.now()`. */
  heardAt: number;
  /** Why the list could not be read. */
  failure: ApiFailure | undefined;
  /** Why changes of the list cannot be watched, so that it is read again and again. */
  unwatched: ApiFailure | undefined;
}

/** `shop/web`. */
export function keyOf(object: JsonObject): string {
  const metadata = member(object, 'metadata');
  return `${textMember(metadata, 'namespace') ?? ''}/${textMember(metadata, 'name') ?? ''}`;
}

export const newState = (target: ListTarget): TargetState => ({
  target,
  objects: new Map(),
  version: undefined,
  resumes: false,
  heardAt: 0,
  failure: undefined,
  unwatched: undefined,
});

/**
 * Puts an object where it is kept, without what must not be; never a Secret. Says whether that changed anything: an
 * object that is as it was stays the same one.
 */
export function keep({ objects, target }: TargetState, object: JsonObject, file: string): boolean {
  const stripped = stripObject(object);
  if (stripped === undefined) return false;
  const key = keyOf(object);
  const value = stripped.object;
  if (isDeepStrictEqual(objects.get(key)?.resource.value, value)) return false;
  // each object has a source of its own, as if the cluster were one list
  const item = `${target.kind.kind.kind}/${key}`;
  const resource = { value, source: { file, document: 0, line: 1, item } };
  objects.set(key, { resource, hidden: stripped.hidden });
  return true;
}

/** Puts the objects of a whole list in place of those that there were. Says whether that changed anything. */
export function keepAll(state: TargetState, items: readonly JsonObject[], file: string): boolean {
  const there = new Set(items.map(keyOf));
  const gone = [...state.objects.keys()].filter(key => !there.has(key));
  for (const key of gone) state.objects.delete(key);
  const changed = items.filter(item => keep(state, item, file));
  return gone.length > 0 || changed.length > 0;
}
