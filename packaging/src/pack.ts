import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { runIn } from './run-in';

const root = resolve(__dirname, '..', '..');

/** The packages that are published for use outside of Backstage. */
export const packed = ['core', 'loader', 'cli'] as const;

/** What the packing of a package reads besides the package itself. */
const rootFiles = [
  'package.json',
  'pnpm-workspace.yaml',
  'tsconfig.json',
  'backstage.json',
  'LICENSE',
];

const notCopied = new Set(['node_modules', '.cache', '.turbo', 'test-results']);

/**
 * Copies the workspace of the packages. The `prepack` script of a package rewrites its package.json for as long as the
 * packing takes (`@backstage/cli-module-build`, lib/packager/productionPack), and other tests read that file meanwhile.
 */
function copyWorkspace(copy: string, folders: readonly string[]): void {
  mkdirSync(copy, { recursive: true });
  for (const file of rootFiles) cpSync(join(root, file), join(copy, file));
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  for (const folder of folders) {
    const from = join(root, folder);
    const to = join(copy, folder);
    if (!existsSync(join(from, 'dist'))) {
      throw new Error(`${folder} is not built: run \`npm run build\` first`);
    }
    cpSync(from, to, { recursive: true, filter: file => !notCopied.has(basename(file)) });
    symlinkSync(join(from, 'node_modules'), join(to, 'node_modules'));
  }
}

/** Packs folders of the workspace with `pnpm pack`; the paths of the tarballs. */
export async function packFolders(
  folder: string,
  folders: readonly string[],
): Promise<readonly string[]> {
  const copy = join(folder, 'workspace');
  const tarballs = join(folder, 'tarballs');
  copyWorkspace(copy, folders);
  for (const name of folders) {
    await runIn(join(copy, name), 'pnpm', ['pack', '--pack-destination', tarballs]);
  }
  return readdirSync(tarballs).map(name => join(tarballs, name));
}

/** Packs the packages for use outside of Backstage. */
export const packInto = (folder: string): Promise<readonly string[]> =>
  packFolders(
    folder,
    packed.map(name => `packages/${name}`),
  );
