import { describe, expect, test } from 'vitest';
import { exportedNames } from './exported-names';
import { workspacePackages } from './workspace';

const published = workspacePackages.filter(
  item => item.folder.startsWith('packages/') || item.folder.startsWith('plugins/'),
);
const entries = published.flatMap(({ folder, entries: files }) =>
  [...files].map(([entry, file]) => ({
    name: `${folder.replace('/', '-')}${entry.slice(1).replace('/', '-')}`,
    file,
  })),
);

describe('exports', () => {
  test.each(entries)('$file exports the names that are written down', async ({ name, file }) => {
    const { names, problems } = exportedNames(file);
    // Backstage's entry of the new frontend system is the plugin itself
    if (file.endsWith('/index.ts')) expect(problems).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
    await expect(`${names.join('\n')}\n`).toMatchFileSnapshot(`../exports/${name}.txt`);
  });

  test('the root of core does not grow', () => {
    const budget = 60;
    expect(exportedNames('packages/core/src/index.ts').names.length).toBeLessThanOrEqual(budget);
  });
});
