// Bundles the command line tool with its libraries, one chunk per command, so that it starts fast.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'packages', 'cli');
await build({
  entryPoints: [join(folder, 'src', 'bin.ts')],
  outdir: join(folder, 'dist', 'command'),
  outExtension: { '.js': '.mjs' },
  splitting: true,
  bundle: true,
  minifySyntax: true,
  minifyWhitespace: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'warning',
  legalComments: 'linked',
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
});
