import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

/** Root of the repository. */
export const root = resolve(__dirname, '..', '..');

/** A workspace package: its name in imports and its folder from the root. */
export interface WorkspacePackage {
  readonly name: string;
  readonly folder: string;
  /** Entry points as `exports` of package.json name them (`.`, `./alpha`), with the source file of each. */
  readonly entries: ReadonlyMap<string, string>;
}

interface Manifest {
  readonly name: string;
  readonly main?: string;
  readonly exports?: Readonly<Record<string, string>>;
  readonly workspaces?: readonly string[];
}

const readManifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));

function expand(pattern: string): readonly string[] {
  if (!pattern.endsWith('/*')) return [pattern];
  const parent = pattern.slice(0, -2);
  return readdirSync(join(root, parent)).map(name => `${parent}/${name}`);
}

function readPackage(folder: string): WorkspacePackage {
  const { name, main, exports } = readManifest(folder);
  const entries = Object.entries(exports ?? (main === undefined ? {} : { '.': main }));
  return {
    name,
    folder,
    entries: new Map(
      entries
        .filter(([, file]) => /\.tsx?$/.test(file))
        .map(([key, file]) => [key, join(folder, file).split(sep).join('/')]),
    ),
  };
}

export const workspacePackages: readonly WorkspacePackage[] = (readManifest('.').workspaces ?? [])
  .flatMap(expand)
  .filter(folder => existsSync(join(root, folder, 'package.json')))
  .map(readPackage);

const isSource = (name: string) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts');

/** TypeScript files below a folder, from the root, sorted. */
export function sourceFiles(folder: string): readonly string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && isSource(entry.name))
    .map(entry => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter(file => !/(^|\/)(node_modules|dist|\.cache)\//.test(file))
    .sort();
}

/** Tests and what only tests use. */
export const isTestFile = (file: string): boolean =>
  /\.test\.tsx?$|(^|\/)(setupTests\.ts|test-support\/|fixtures\/)/.test(file);
