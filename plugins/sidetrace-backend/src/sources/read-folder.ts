import { join } from 'node:path';
import type { MeshOptions, RawResource } from '@sidetrace/core';
import { loadFiles } from '@sidetrace/loader/node';
import {
  type PackedSnapshot,
  packSnapshot,
  type SnapshotContent,
  type StoredContent,
} from '../store/snapshot-digest';
import { keptTexts } from './kept-texts';
import { withoutSecret } from './without-secret';

/** A folder with the manifests of one mesh. */
export interface FolderRequest {
  readonly folder: string;
  /** Globs below it; all manifests when not given. */
  readonly files?: readonly string[];
  readonly options: MeshOptions;
}

/** A folder as read: ready to be stored, without its objects in memory. */
export interface FolderReading {
  readonly packed: PackedSnapshot;
  readonly resources: number;
}

/** Files are named relative to the source's folder: pages must not show where the backend keeps them. */
function withoutFolder(
  folder: string,
  content: SnapshotContent,
  texts: ReadonlyMap<string, string>,
): StoredContent {
  const shorten = (file: string) =>
    file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : file;
  const shortened = ({ value, source }: RawResource): RawResource => ({
    value,
    source: { ...source, file: shorten(source.file) },
  });
  return {
    ...content,
    texts: Object.fromEntries([...texts].map(([file, text]) => [shorten(file), text] as const)),
    resources: content.resources.map(shortened),
    issues: content.issues.map(({ source, message, ...issue }) => ({
      ...issue,
      message: message.replaceAll(`${folder}/`, ''),
      ...(source === undefined ? {} : { source: { ...source, file: shorten(source.file) } }),
    })),
  };
}

/** Reads and packs the manifests of a folder. Takes as long as they are many: for a worker thread. */
export async function readFolder({
  folder,
  files,
  options,
}: FolderRequest): Promise<FolderReading> {
  const paths = files === undefined ? [folder] : files.map(file => join(folder, file));
  const { resources: found, issues, textOf } = await loadFiles(paths);
  const resources = found.map(withoutSecret);
  const texts = keptTexts(found, textOf);
  const content = withoutFolder(folder, { resources, issues, options }, texts);
  return { packed: await packSnapshot(content), resources: resources.length };
}
