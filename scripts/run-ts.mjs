// Runs a TypeScript entry of the workspace from source: bundles it with esbuild into
// .cache/ beside the package's src and imports the result. Prints nothing of its own on standard output.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
if (!existsSync(join(root, 'node_modules', 'esbuild'))) {
  const { status } = spawnSync(process.execPath, [join(root, 'scripts', 'pnpm.mjs'), '--install-only'], {
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) process.exit(status ?? 1);
}
const { build } = await import('esbuild');
const [entry, ...args] = process.argv.slice(2);
const source = join(root, entry);
const outfile = join(dirname(source), '..', '.cache', 'run.mjs');
mkdirSync(dirname(outfile), { recursive: true });
await build({
  entryPoints: [source],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: 'inline',
  logLevel: 'warning',
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
});
process.chdir(process.env.INIT_CWD ?? process.cwd());
process.argv = [process.argv[0], source, ...args];
process.setSourceMapsEnabled(true);
await import(pathToFileURL(outfile).href);
