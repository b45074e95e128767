import { expect, test } from 'vitest';
import { checkFqdn } from './dns-name';

/** `ValidateDNS1123Labels`: a last label is refused when `strconv.Atoi` reads it, so not when it is too long for that. */
test.each([
  ['a.123', false],
  ['a.99999999999999999999', true],
  ['a.9223372036854775807', false],
  ['a.9223372036854775808', true],
  ['a.1b', true],
  ['123.a', true],
])('%s is a name: %s', (name, good) => {
  expect(checkFqdn(name) === undefined).toBe(good);
});
