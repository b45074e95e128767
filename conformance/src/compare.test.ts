import { describe, expect, test } from 'vitest';
import { compare } from './compare';

const paths = (suite: string, want: object, got: object) =>
  compare(suite, { ...want }, { ...got }).map(difference => difference.path);

describe('compare', () => {
  test('further fields of the answer are free', () => {
    expect(paths('dns', { rcode: 'NOERROR' }, { rcode: 'NOERROR', ttl: 30 })).toEqual([]);
  });
  test('a contradicted, a missing and a nested field are named by their path', () => {
    expect(paths('dns', { a: 1, b: { c: 2 } }, { a: 2, b: {} })).toEqual(['a', 'b.c']);
  });
  test('null, undefined and a missing key are the same', () => {
    expect(paths('dns', { a: null }, {})).toEqual([]);
    expect(paths('dns', { a: null }, { a: 1 })).toEqual(['a']);
  });
  test('informational fields do not count, in the suite that lists them only', () => {
    expect(paths('outbound', { basis: 'x' }, { basis: 'y' })).toEqual([]);
    expect(paths('dns', { basis: 'x' }, { basis: 'y' })).toEqual(['basis']);
  });
  test('lists of objects are compared one by one, and their length', () => {
    expect(paths('dns', { a: [{ x: 1 }] }, { a: [{ x: 1, y: 2 }] })).toEqual([]);
    expect(paths('dns', { a: [{ x: 1 }] }, { a: [{ x: 1 }, { x: 2 }] })).toEqual(['a']);
    expect(paths('dns', { a: [1, 2] }, { a: [1, 2, 3] })).toEqual(['a']);
  });
  test('a name from the prototype is not an answer', () => {
    expect(paths('dns', { constructor: 'x' }, {})).toEqual(['constructor']);
  });
  test('messages of an analysis are a set, and those seen only sometimes may be missing', () => {
    const finding = (code: string) => ({ code, resource: 'Pod a/b' });
    const want = { cluster: { findings: [finding('B'), finding('A')], sometimes: [finding('C')] } };
    const got = (...codes: string[]) => ({ cluster: { findings: codes.map(finding) } });
    expect(paths('analyzers', want, got('A', 'B'))).toEqual([]);
    expect(paths('analyzers', want, got('A', 'B', 'C'))).toEqual([]);
    expect(paths('analyzers', want, got('A'))).toEqual(['findings']);
    expect(paths('analyzers', want, got('A', 'B', 'D'))).toEqual(['findings']);
  });
});
