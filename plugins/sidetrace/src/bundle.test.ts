// @vitest-environment node
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const entry = join(dirname(fileURLToPath(import.meta.url)), 'alpha.tsx');

test('the code of the plugin in the first bundle of an app is the routes and the card stub', async () => {
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    outdir: '/out',
    bundle: true,
    splitting: true,
    format: 'esm',
    jsx: 'automatic',
    minify: true,
    metafile: true,
    write: false,
    // what the app has already; Sidetrace's own packages count
    external: ['react', 'react/*', 'react-dom', 'react-router-dom', '@backstage/*', '@remixicon/*'],
  });
  const sizes = new Map(outputFiles.map(({ path, contents }) => [path, gzipSync(contents).length]));
  const initial = new Set<string>();
  const follow = (name: string) => {
    if (initial.has(name)) return;
    initial.add(name);
    for (const { path, kind } of metafile.outputs[name]?.imports ?? []) {
      if (kind === 'import-statement' && Object.hasOwn(metafile.outputs, path)) follow(path);
    }
  };
  const first = Object.entries(metafile.outputs).find(([, output]) =>
    output.entryPoint?.endsWith('src/alpha.tsx'),
  );
  if (first === undefined) throw new Error('the bundle has no entry');
  follow(first[0]);
  const bytes = [...initial].reduce((sum, name) => {
    const size = [...sizes].find(([path]) => path.endsWith(name.replace(/^.*\//, '/')))?.[1];
    return sum + (size ?? 0);
  }, 0);
  expect(bytes).toBeGreaterThan(500);
  expect(bytes).toBeLessThan(15 * 1024);
});
