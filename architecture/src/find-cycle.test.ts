import { expect, test } from 'vitest';
import { findCycle } from './find-cycle';

const graph = (edges: Readonly<Record<string, readonly string[]>>) =>
  findCycle(Object.keys(edges), file => edges[file] ?? []);

test('a graph without a way back has no cycle', () => {
  expect(graph({ a: ['b', 'c'], b: ['c'], c: [] })).toBeUndefined();
});
test('the files on a cycle are named in order, without the way to it', () => {
  expect(graph({ a: ['b'], b: ['c'], c: ['d'], d: ['b'] })).toEqual(['b', 'c', 'd', 'b']);
});
test('a file that imports itself is a cycle', () => {
  expect(graph({ a: ['a'] })).toEqual(['a', 'a']);
});
