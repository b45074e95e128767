// Runs a TypeScript entry of the workspace from source: bundles it with esbuild into
// .cache/ beside the package's src and imports the result. Prints nothing of its own on standard output.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
if (!existsSync(join(root, 'node_modules', 'esbuild'))) {
  const { status } = spawnSync(
    process.execPath,
    [join(root, 'scripts', 'pnpm.mjs'), '--install-only'],
    {
      stdio: ['ignore', 2, 2],
    },
  );
  if (status !== 0) process.exit(status ?? 1);
}
const { build } = await import('esbuild');
const [entry, ...args] = process.argv.slice(2);
const source = join(root, entry);
const { outputFiles } = await build({
  entryPoints: [source],
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: 'inline',
  logLevel: 'warning',
  write: false,
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
});

// Named by its content, so that runs side by side do not overwrite each other's bundle.
const cache = join(dirname(source), '..', '.cache');
mkdirSync(cache, { recursive: true });
const digest = createHash('sha256').update(outputFiles[0].contents).digest('hex').slice(0, 16);
const bundle = join(cache, `run-${digest}.mjs`);
if (!existsSync(bundle)) {
  const hourAgo = Date.now() - 3_600_000;
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    if (name.startsWith('run-') && statSync(path).mtimeMs < hourAgo) rmSync(path, { force: true });
  }
  const partial = join(cache, `partial-${process.pid}`);
  writeFileSync(partial, outputFiles[0].contents);
  renameSync(partial, bundle);
}
process.chdir(process.env.INIT_CWD ?? process.cwd());
process.argv = [process.argv[0], source, ...args];
process.setSourceMapsEnabled(true);
await import(pathToFileURL(bundle).href);
