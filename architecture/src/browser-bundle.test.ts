import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { root } from './workspace';

/** Largest bundle of core that a browser may be asked to load: minified, gzip, in bytes. */
const budget = 120 * 1024;

test('core builds for the browser, without a module of Node, within its budget', async () => {
  const { outputFiles, warnings } = await build({
    entryPoints: [join(root, 'packages/core/src/index.ts')],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    logLevel: 'silent',
  });
  expect(warnings).toEqual([]);
  const size = outputFiles.reduce((sum, file) => sum + gzipSync(file.contents).length, 0);
  console.log(`core in the browser: ${(size / 1024).toFixed(1)} kB of ${budget / 1024} kB`);
  expect(size).toBeGreaterThan(0);
  expect(size).toBeLessThanOrEqual(budget);
});
