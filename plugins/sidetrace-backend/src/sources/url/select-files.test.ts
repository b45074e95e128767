import { describe, expect, test } from 'vitest';
import { fileSelection, treePath } from './select-files';

describe('the files of a tree', () => {
  test.each([
    ['mesh/a.yaml', 'mesh/a.yaml'],
    ['./a.yaml', 'a.yaml'],
    ['..a/b..yaml', '..a/b..yaml'],
    ['__proto__/constructor.yaml', '__proto__/constructor.yaml'],
    ['mesh/größe.yaml', 'mesh/größe.yaml'],
  ])('%s is called %s', (path, name) => {
    expect(treePath(path)).toBe(name);
  });
  test.each([
    '../a.yaml',
    'a/../../b.yaml',
    '/etc/a.yaml',
    'C:/a.yaml',
    'a\\b.yaml',
    'a\nb.yaml',
    'a//b.yaml',
    '',
    './',
  ])('%j has no name in a tree', path => {
    expect(treePath(path)).toBeUndefined();
  });

  const selected = (globs: readonly string[] | undefined, paths: readonly string[]) =>
    paths.filter(fileSelection(globs).selects);
  const paths = [
    'a.yaml',
    'b.txt',
    'base/c.yml',
    'base/deep/d.json.gz',
    'base/.hidden/e.yaml',
    '.github/f.yaml',
    'node_modules/g.yaml',
    'database/h.yaml',
  ];

  test('without globs are all YAML and JSON outside of hidden folders', () => {
    expect(selected(undefined, paths)).toEqual([
      'a.yaml',
      'base/c.yml',
      'base/deep/d.json.gz',
      'database/h.yaml',
    ]);
  });
  test.each([
    [['*.yaml'], ['a.yaml']],
    [['base'], ['base/c.yml', 'base/deep/d.json.gz']],
    [['base/'], ['base/c.yml', 'base/deep/d.json.gz']],
    [
      ['base/*.yml', '.github/f.yaml'],
      ['base/c.yml', '.github/f.yaml'],
    ],
    [['**/*.{yml,txt}'], ['b.txt', 'base/c.yml']],
    [['.'], ['a.yaml', 'base/c.yml', 'base/deep/d.json.gz', 'database/h.yaml']],
  ])('by %j are as in a folder', (globs, names) => {
    expect(selected(globs, paths)).toEqual(names);
  });
  test('globs that match nothing are known', () => {
    expect(fileSelection(['*.yaml', 'none/**']).unmatched(paths)).toEqual(['none/**']);
  });
});
