import { expect, test } from 'vitest';
import {
  countOf,
  decodeSet,
  encodeSet,
  hasWorkload,
  intersection,
  membersOf,
  workloadSet,
} from './workload-set';

test('a set keeps its members through its text, the last bit of a word included', () => {
  const members = [0, 1, 31, 32, 63, 64, 99];
  const set = decodeSet(encodeSet(workloadSet(100, members)));
  expect(membersOf(set)).toEqual(members);
  expect(countOf(set)).toBe(members.length);
  expect(hasWorkload(set, 31)).toBe(true);
  expect(hasWorkload(set, 30)).toBe(false);
});

test('an intersection holds what both have', () => {
  const both = intersection(workloadSet(70, [1, 33, 69]), workloadSet(70, [33, 34, 69]));
  expect(membersOf(both)).toEqual([33, 69]);
});
