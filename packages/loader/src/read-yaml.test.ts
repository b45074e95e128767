import { describe, expect, it } from 'vitest';
import { locate } from './locate';
import { readYaml } from './read-yaml';

const names = (text: string) =>
  readYaml(text, 'a.yaml').resources.map(({ value }) => (value as { a: unknown }).a);

describe('reading documents', () => {
  it('keeps the file, the index and the first line of each', () => {
    const { resources } = readYaml(
      'a: 1\n---\n\na: 2\n---\n# only a comment\n---\na: 3\n',
      'a.yaml',
    );
    expect(resources.map(({ source }) => [source.file, source.document, source.line])).toEqual([
      ['a.yaml', 0, 1],
      ['a.yaml', 1, 3],
      ['a.yaml', 3, 8],
    ]);
  });

  it('takes the line ends of Windows', () => {
    expect(names('a: 1\r\n---\r\na: 2\r\n')).toEqual([1, 2]);
  });

  it('takes JSON', () => {
    expect(names('{"a": [1, {"b": null}]}')).toEqual([[1, { b: null }]]);
  });

  it('does not split at dashes inside a text', () => {
    expect(names('a: |\n  x\n  ---\n  y\n')).toEqual(['x\n---\ny\n']);
  });

  it('reads the object behind a separator with a comment, and says that kubectl loses it', () => {
    const { resources, issues } = readYaml('a: 1\n--- # second\na: 2\n', 'a.yaml');
    expect(resources).toHaveLength(2);
    expect(issues.map(issue => [issue.code, issue.source?.line])).toEqual([
      ['separator-with-comment', 2],
    ]);
  });

  it('a broken document is reported with its line, the others are read', () => {
    const { resources, issues } = readYaml('a: 1\n---\nb:\n  c: [\n---\na: 3\n', 'a.yaml');
    expect(resources).toHaveLength(2);
    expect(issues).toMatchObject([{ code: 'not-yaml', severity: 'error' }]);
    expect(issues[0]?.source?.line).toBeGreaterThanOrEqual(4);
  });
});

describe('locating a field', () => {
  const text =
    'a: 1\n---\nkind: List\nitems:\n- metadata:\n    labels:\n      app.kubernetes.io/name: x\n- spec:\n    hosts:\n    - a.b\n    - c.d\n';
  const source = { file: 'a.yaml', document: 1, line: 3 };
  it.each([
    ['items.1', 'spec.hosts.1', 11],
    ['items.0', 'metadata.labels.app.kubernetes.io/name', 7],
    ['items.1', 'spec.hosts.7', 9],
    ['items.1', 'spec.missing', 8],
    [undefined, 'kind', 3],
  ])('%s %s', (item, path, line) => {
    const at = item === undefined ? source : { ...source, item };
    expect(locate(text, at, path).line).toBe(line);
  });
  it('a document that is not there is the place of its source', () => {
    expect(locate('a: 1\n', { ...source, document: 5 }, 'a')).toEqual({ line: 3, column: 1 });
  });
});
