// Bundles the command line tool with its libraries, one chunk per command, so that it starts fast.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * Leaves out the classes of every Kubernetes API, of which nothing is used: client-node reads kubeconfigs and makes
 * credentials, and its configuration imports them for `makeApiClient` only.
 */
const withoutApiClasses = {
  name: 'without-api-classes',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@kubernetes\/client-node$/ }, ({ resolveDir }) => ({
      path: createRequire(join(resolveDir, 'x')).resolve('@kubernetes/client-node/dist/config.js'),
    }));
    onResolve({ filter: /^\.\/gen\/index\.js$/ }, ({ importer }) =>
      importer.endsWith(join('client-node', 'dist', 'config.js'))
        ? { path: 'api-classes', namespace: 'left-out' }
        : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({
      contents: 'export const createConfiguration = undefined; export class ServerConfiguration {}',
    }));
  },
};

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'packages', 'cli');
await build({
  entryPoints: [join(folder, 'src', 'bin.ts')],
  outdir: join(folder, 'dist', 'command'),
  outExtension: { '.js': '.mjs' },
  splitting: true,
  plugins: [withoutApiClasses],
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
