import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import type { Issue } from '@sidetrace/core';
import { glob, isDynamicPattern } from 'tinyglobby';
import { notRead } from './not-read';

/** Files to read, in order, and what was asked for and is not there. */
export interface FoundFiles {
  readonly files: readonly string[];
  readonly issues: readonly Issue[];
}

const manifest = /\.(?:ya?ml|json)(?:\.gz)?$/i;
const isHidden = (name: string) => name.startsWith('.') || name === 'node_modules';
const none: FoundFiles = { files: [], issues: [] };

const joined = (found: readonly FoundFiles[]): FoundFiles => ({
  files: found.flatMap(({ files }) => files),
  issues: found.flatMap(({ issues }) => issues),
});

const failed = (path: string, error: unknown): FoundFiles => ({
  files: [],
  issues: [notRead(path, error)],
});

/** Only a link has to be looked at: where it leads is what counts. */
async function entryBelow(
  path: string,
  entry: Dirent,
  above: ReadonlySet<string>,
): Promise<FoundFiles> {
  try {
    const status = entry.isSymbolicLink() ? await stat(path) : entry;
    if (status.isDirectory()) return await filesBelow(path, above);
    return status.isFile() && manifest.test(path) ? { files: [path], issues: [] } : none;
  } catch (error) {
    // a link that leads nowhere matters when it is named like a manifest
    return manifest.test(path) ? failed(path, error) : none;
  }
}

/**
 * Manifests below a folder, in the order of their names; hidden folders and node_modules are left out, and a link to a
 * folder above, which would lead around for ever.
 */
async function filesBelow(folder: string, above: ReadonlySet<string>): Promise<FoundFiles> {
  try {
    const place = await realpath(folder);
    if (above.has(place)) return none;
    const inside = new Set([...above, place]);
    const entries = (await readdir(folder, { withFileTypes: true }))
      .filter(({ name }) => !isHidden(name))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    return joined(
      await Promise.all(entries.map(entry => entryBelow(join(folder, entry.name), entry, inside))),
    );
  } catch (error) {
    return failed(folder, error);
  }
}

function missing(path: string, message: string, hint: string): FoundFiles {
  const source = { file: path, document: 0, line: 1 };
  return {
    files: [],
    issues: [{ code: 'file-not-found', severity: 'error', message, hint, source }],
  };
}

/** A name that may still be a pattern. */
const absent: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR']);

async function findOne(path: string): Promise<FoundFiles> {
  if (path === '-') return { files: [path], issues: [] };
  const status = await stat(path).catch((error: NodeJS.ErrnoException) => error);
  if (status instanceof Error && !absent.has(status.code)) return failed(path, status);
  if (!(status instanceof Error) && status.isDirectory()) {
    const found = await filesBelow(path, new Set());
    return found.files.length + found.issues.length > 0
      ? found
      : missing(path, 'the folder holds no manifest', 'manifests end in .yaml, .yml or .json');
  }
  if (!(status instanceof Error)) return { files: [path], issues: [] };
  if (!isDynamicPattern(path)) return missing(path, 'there is no such file', 'check the path');
  const files = (await glob(path, { absolute: isAbsolute(path), expandDirectories: false })).sort();
  return files.length > 0
    ? { files, issues: [] }
    : missing(path, 'no file matches the pattern', 'check the pattern');
}

/**
 * Files that paths stand for: a file as it is, a folder with everything below it, a glob, `-` for standard input.
 * A file that several paths lead to is read once.
 */
export async function findFiles(paths: readonly string[]): Promise<FoundFiles> {
  const { files, issues } = joined(await Promise.all(paths.map(findOne)));
  const byPlace = new Map<string, string>();
  for (const file of files) {
    const place = file === '-' ? file : resolve(file);
    if (!byPlace.has(place)) byPlace.set(place, file);
  }
  return { files: [...byPlace.values()], issues };
}
