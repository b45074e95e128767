// Adds up what vitest wrote to test-results/vitest.json in each workspace package and prints
// `N passed, N failed` as its last line. Fails when a test failed, when a test file could not be loaded,
// when a package that has tests left no result, or when no test ran.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const manifest = folder => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const folders = manifest(root)
  .workspaces.flatMap(pattern =>
    pattern.endsWith('/*')
      ? readdirSync(join(root, pattern.slice(0, -2))).map(name =>
          join(root, pattern.slice(0, -2), name),
        )
      : [join(root, pattern)],
  )
  .filter(folder => existsSync(join(folder, 'package.json')));

let passed = 0;
let failed = 0;
for (const folder of folders) {
  const { name, scripts = {} } = manifest(folder);
  if (!scripts.test && !scripts['test:e2e']) continue;
  const file = join(folder, 'test-results', 'vitest.json');
  if (!existsSync(file)) {
    console.log(`${name}: no test result`);
    failed += 1;
    continue;
  }
  const result = JSON.parse(readFileSync(file, 'utf8'));
  // a file that cannot be loaded has no tests of its own, but it has failed
  const unloaded = result.testResults.filter(
    suite => suite.status === 'failed' && suite.assertionResults.length === 0,
  ).length;
  const skipped = result.numPendingTests + result.numTodoTests;
  passed += result.numPassedTests;
  failed += result.numFailedTests + unloaded;
  console.log(
    `${name}: ${result.numPassedTests} passed, ${result.numFailedTests + unloaded} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
  );
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
