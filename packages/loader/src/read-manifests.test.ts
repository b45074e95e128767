import { describe, expect, test } from 'vitest';
import { readManifests } from './read-manifests';

const values = (text: string) => readManifests(text, 'x').resources.map(({ value }) => value);

describe('readManifests', () => {
  test('JSON is read with its values', () => {
    expect(values('{"kind": "List", "items": []}')).toEqual([{ kind: 'List', items: [] }]);
  });
  test('a flow mapping that is no JSON is YAML', () => {
    expect(values('{kind: List}')).toEqual([{ kind: 'List' }]);
  });
  test('a byte order mark is no part of the text', () => {
    expect(values('\ufeffkind: A')).toEqual([{ kind: 'A' }]);
  });
  test('empty documents and comments are nothing', () => {
    expect(values('---\n# Source: chart/x.yaml\n---\nkind: A\n---\n')).toEqual([{ kind: 'A' }]);
  });
  test('a template that was not rendered is named as such', () => {
    const { issues } = readManifests('kind: {{ .Values.kind }}\nname: {{ x }}: y', 'x');
    expect(issues[0]).toMatchObject({ code: 'not-yaml' });
    expect(issues[0]?.hint).toMatch(/helm template/);
  });
  test('a broken document without braces keeps its own hint', () => {
    expect(readManifests('a: [', 'x').issues[0]?.hint).not.toMatch(/helm/);
  });
  test('a key named __proto__ is a key', () => {
    const [value] = values('{"__proto__": {"polluted": true}}');
    expect(Object.hasOwn(value as object, '__proto__')).toBe(true);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
