import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Folder of the repository. */
export const root = join(import.meta.dirname, '../../../..');

export function writeProgram(path: string, script: string): void {
  writeFileSync(path, `#!/bin/bash\n${script}\n`);
  chmodSync(path, 0o755);
}

const requireBanner = {
  js: "import { createRequire as __c } from 'node:module'; const require = __c(import.meta.url);",
};

/** Bundles the Kubernetes API for tests into a program; its path. */
export async function buildFake(folder: string): Promise<string> {
  const outfile = join(folder, 'fake-kubernetes.mjs');
  await build({
    entryPoints: [join(root, 'fake-kubernetes/src/main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    banner: requireBanner,
  });
  return outfile;
}

/** Bundles the command as it is published and puts it as `sidetrace` into a folder for `PATH`. */
export async function buildCommand(folder: string): Promise<void> {
  await build({
    entryPoints: [join(root, 'packages/cli/src/bin.ts')],
    outfile: join(folder, 'bin.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    banner: requireBanner,
  });
  writeProgram(join(folder, 'sidetrace'), `exec "${process.execPath}" "${folder}/bin.mjs" "$@"`);
}
