import { describe, expect, test } from 'vitest';
import { readJsonDocuments } from './json-documents';
import { readManifests } from './read-manifests';

const read = (text: string) =>
  readJsonDocuments(text, 'a.json')?.map(({ value, source }) => [value, source.line]);

describe('JSON objects one behind the other', () => {
  test.each([
    [
      '{"a":1}\n{"a":2}\n',
      [
        [{ a: 1 }, 1],
        [{ a: 2 }, 2],
      ],
    ],
    [
      '{"a":1}{"b":[{}]}',
      [
        [{ a: 1 }, 1],
        [{ b: [{}] }, 1],
      ],
    ],
    [
      '\n{\n "a": "}{\\"\\\\"\n}\n\n{"b": "["}',
      [
        [{ a: '}{"\\' }, 2],
        [{ b: '[' }, 6],
      ],
    ],
    ['', []],
  ])('%j', (text, wanted) => {
    expect(read(text)).toEqual(wanted);
  });
  test.each([
    '{"a":1} x',
    '{"a":1}\n{"b":',
    '{a: 1}\n{"b":2}',
    '[1]',
    '{"a":1},{"b":2}',
    '{"a": "x}',
  ])('%j is something else', text => {
    expect(read(text)).toBeUndefined();
  });
  test('are read as manifests', () => {
    const { resources, issues } = readManifests('{"kind":"A"}\n{"kind":"B"}\n', 'a.json');
    expect(issues).toEqual([]);
    expect(resources.map(({ source }) => source)).toEqual([
      { file: 'a.json', document: 0, line: 1 },
      { file: 'a.json', document: 1, line: 2 },
    ]);
  });
});
