import { expect, test } from 'vitest';
import { isEarlier } from './is-behind';

test.each([
  ['9', '10', true],
  ['10', '9', false],
  ['10', '10', false],
  ['18446744073709551615', '18446744073709551616', true],
  ['', '10', false],
  ['10', '', false],
  ['a9', 'b10', false],
  ['-1', '10', false],
])('version "%s" is earlier than "%s": %s', (version, other, earlier) => {
  expect(isEarlier(version, other)).toBe(earlier);
});
