import type { RawResource } from '@sidetrace/core';
import { describe, expect, test } from 'vitest';
import { allTextsLimit, fileTextLimit, keptTexts } from './kept-texts';

const resource = (file: string, kind = 'Service'): RawResource => ({
  value: { kind, metadata: { name: 'a' } },
  source: { file, document: 0, line: 1 },
});
const keep = (texts: Readonly<Record<string, string>>, resources: readonly RawResource[]) => [
  ...keptTexts(resources, file => (Object.hasOwn(texts, file) ? texts[file] : undefined)).keys(),
];

describe('texts that a snapshot keeps', () => {
  test('are those of files with resources', () => {
    expect(keep({ a: 'x', b: 'y' }, [resource('a'), resource('a'), resource('c')])).toEqual(['a']);
  });

  test('are not those of a file with a Secret, whatever else is in it', () => {
    const resources = [resource('a'), resource('a', 'Secret'), resource('b')];
    expect(keep({ a: 'x', b: 'y' }, resources)).toEqual(['b']);
    const items = [{ kind: 'Service' }, { kind: 'List', items: [{ kind: 'Secret' }] }];
    const list = { ...resource('a'), value: { kind: 'List', items } };
    expect(keep({ a: 'x', b: 'y' }, [list, resource('b')])).toEqual(['b']);
  });

  test('are not those of a file whose containers have a value that looks secret', () => {
    const env = [{ name: 'API_TOKEN', value: 'x' }];
    const value = { kind: 'Pod', spec: { containers: [{ name: 'app', env }] } };
    expect(keep({ a: 'x', b: 'y' }, [{ ...resource('a'), value }, resource('b')])).toEqual(['b']);
  });

  test('are not longer than the limits, of a file and of all', () => {
    const long = 'x'.repeat(fileTextLimit);
    expect(keep({ a: long, b: `${long}x` }, [resource('a'), resource('b')])).toEqual(['a']);
    const many = allTextsLimit / fileTextLimit + 1;
    const files = Array.from({ length: many }, (_, at) => `f${at}`);
    const texts = Object.fromEntries(files.map(file => [file, long]));
    expect(
      keep(
        { ...texts, z: '' },
        [...files, 'z'].map(file => resource(file)),
      ),
    ).toEqual([...files.slice(0, many - 1), 'z']);
  });
});
