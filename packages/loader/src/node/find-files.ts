import { readdir, stat } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import type { Issue } from '@sidetrace/core';
import { glob, isDynamicPattern } from 'tinyglobby';

/** Files to read, in order, and what was asked for and is not there. */
export interface FoundFiles {
  readonly files: readonly string[];
  readonly issues: readonly Issue[];
}

const manifest = /\.(?:ya?ml|json)(?:\.gz)?$/i;
const isHidden = (name: string) => name.startsWith('.') || name === 'node_modules';

/** Manifests below a folder, in the order of their names; hidden folders and node_modules are left out. */
async function filesBelow(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter(name => !isHidden(name)).sort();
  const found = await Promise.all(
    names.map(async name => {
      const path = join(folder, name);
      const status = await stat(path).catch(() => undefined);
      if (status?.isDirectory()) return filesBelow(path);
      return status?.isFile() && manifest.test(name) ? [path] : [];
    }),
  );
  return found.flat();
}

function missing(path: string, message: string, hint: string): FoundFiles {
  const source = { file: path, document: 0, line: 1 };
  return {
    files: [],
    issues: [{ code: 'file-not-found', severity: 'error', message, hint, source }],
  };
}

async function findOne(path: string): Promise<FoundFiles> {
  if (path === '-') return { files: [path], issues: [] };
  const status = await stat(path).catch(() => undefined);
  if (status?.isDirectory()) {
    const files = await filesBelow(path);
    return files.length > 0
      ? { files, issues: [] }
      : missing(path, 'the folder holds no manifest', 'manifests end in .yaml, .yml or .json');
  }
  if (status !== undefined) return { files: [path], issues: [] };
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
  const found = await Promise.all(paths.map(findOne));
  const byPlace = new Map<string, string>();
  for (const file of found.flatMap(({ files }) => files)) {
    const place = file === '-' ? file : resolve(file);
    if (!byPlace.has(place)) byPlace.set(place, file);
  }
  return {
    files: [...byPlace.values()],
    issues: found.flatMap(({ issues }) => issues),
  };
}
