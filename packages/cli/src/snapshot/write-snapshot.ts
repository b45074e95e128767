import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseYaml } from '@sidetrace/core';
import { isNote } from '../input/cluster/snapshot-note';
import { noteFile, type SnapshotFile } from './snapshot-files';

/** What is in a folder that a snapshot may go to. */
export type Folder = 'empty' | 'snapshot' | 'other';

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Looks at a folder; one that is not there is empty. */
export async function lookAt(folder: string): Promise<Folder> {
  const names = await namesIn(folder);
  if (names.length === 0) return 'empty';
  if (!names.includes(noteFile)) return 'other';
  const parsed = parseYaml(await readFile(join(folder, noteFile), 'utf8'));
  return parsed.ok && isNote(parsed.value) ? 'snapshot' : 'other';
}

/** Removes the files of an earlier snapshot that this one does not write: files of the kinds, one folder down. */
async function removeOld(
  folder: string,
  files: readonly SnapshotFile[],
  kinds: ReadonlySet<string>,
) {
  const fresh = new Set(files.map(({ path }) => path));
  for (const place of await readdir(folder, { withFileTypes: true })) {
    if (!place.isDirectory()) continue;
    for (const name of await readdir(join(folder, place.name))) {
      const path = `${place.name}/${name}`;
      const isOurs = name.endsWith('.yaml') && kinds.has(name.slice(0, -'.yaml'.length));
      if (isOurs && !fresh.has(path)) await rm(join(folder, path));
    }
    const left = await readdir(join(folder, place.name));
    if (left.length === 0) await rm(join(folder, place.name), { recursive: true });
  }
}

/** Writes a snapshot, the note last, so that what has one is whole. */
export async function writeSnapshot(
  folder: string,
  files: readonly SnapshotFile[],
  kinds: ReadonlySet<string>,
): Promise<void> {
  if ((await lookAt(folder)) === 'snapshot') {
    await rm(join(folder, noteFile));
    await removeOld(folder, files, kinds);
  }
  const places = new Set(files.map(({ path }) => join(folder, path, '..')));
  for (const place of places) await mkdir(place, { recursive: true });
  for (const { path, text } of files) await writeFile(join(folder, path), text);
}
