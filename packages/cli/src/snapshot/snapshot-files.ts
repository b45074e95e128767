import type { RawResource } from '@sidetrace/core';
import { stringify } from 'yaml';
import { noteManifest, type SnapshotNote } from '../input/cluster/snapshot-note';

/** File of the note that makes a folder a snapshot. */
export const noteFile = 'snapshot.yaml';

/** A file of a snapshot. */
export interface SnapshotFile {
  /** Below the folder of the snapshot, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** Folder of the objects that live in no namespace; no namespace can be called so. */
const clusterFolder = '_cluster';
/** Names as Kubernetes allows them (RFC 1123); others could lead out of the folder. */
const namespaceName = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Kind and name of an object as it was read. */
export interface Named {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export function nameOf(value: unknown): Named {
  const metadata = member(value, 'metadata');
  return {
    kind: text(member(value, 'kind')),
    namespace: text(member(metadata, 'namespace')),
    name: text(member(metadata, 'name')),
  };
}

/** Texts that YAML 1.1 takes for something else, such as `yes`, are quoted, for kubectl's sake. */
const yamlOf = (value: unknown): string =>
  stringify(value, { lineWidth: 0, aliasDuplicateObjects: false, compat: 'yaml-1.1' });

function pathOf({ kind, namespace }: Named): string | undefined {
  if (namespace === '') return `${clusterFolder}/${kind}.yaml`;
  return namespaceName.test(namespace) ? `${namespace}/${kind}.yaml` : undefined;
}

/** The files of a snapshot, and the objects that no file can be named for. */
export interface SnapshotFiles {
  readonly files: readonly SnapshotFile[];
  readonly odd: readonly Named[];
}

/** Files by namespace and kind, in which the objects stand by name; the same objects give the same files. */
export function snapshotFiles(
  resources: readonly RawResource[],
  note: SnapshotNote,
  kinds: ReadonlySet<string>,
): SnapshotFiles {
  const byPath = new Map<string, { readonly name: string; readonly value: unknown }[]>();
  const odd: Named[] = [];
  for (const { value } of resources) {
    const named = nameOf(value);
    const path = kinds.has(named.kind) ? pathOf(named) : undefined;
    if (path === undefined) {
      odd.push(named);
      continue;
    }
    const objects = byPath.get(path) ?? [];
    objects.push({ name: named.name, value });
    byPath.set(path, objects);
  }
  const files = [...byPath]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, objects]) => {
      objects.sort((a, b) => (a.name < b.name ? -1 : 1));
      return { path, text: objects.map(({ value }) => yamlOf(value)).join('---\n') };
    });
  return { files: [...files, { path: noteFile, text: yamlOf(noteManifest(note)) }], odd };
}
