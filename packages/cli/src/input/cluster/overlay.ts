import type { RawResource } from '@sidetrace/core';

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** API group and kind, namespace and name; versions of a group show the same object. */
function keyIn(value: unknown, namespace: string): string {
  const group = textOf(member(value, 'apiVersion')).split('/').slice(0, -1).join('/');
  const name = textOf(member(member(value, 'metadata'), 'name'));
  return [group, textOf(member(value, 'kind')), namespace, name].join('\n');
}

const namespaceOf = (value: unknown): string =>
  textOf(member(member(value, 'metadata'), 'namespace'));

/** Names of an object that a file has: without a namespace it may also be one of the cluster as a whole. */
function* keysOf(value: unknown, defaultNamespace: string): Iterable<string> {
  const items = member(value, 'items');
  if (Array.isArray(items)) for (const item of items) yield* keysOf(item, defaultNamespace);
  const namespace = namespaceOf(value);
  yield keyIn(value, namespace);
  if (namespace === '') yield keyIn(value, defaultNamespace);
}

/** The objects of a cluster with those of files in place of their namesakes, as if the files were applied. */
export function overlay(
  cluster: readonly RawResource[],
  files: readonly RawResource[],
  defaultNamespace = 'default',
): readonly RawResource[] {
  const replaced = new Set(files.flatMap(({ value }) => [...keysOf(value, defaultNamespace)]));
  const kept = cluster.filter(({ value }) => !replaced.has(keyIn(value, namespaceOf(value))));
  return [...kept, ...files];
}
