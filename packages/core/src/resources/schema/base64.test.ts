import { expect, test } from 'vitest';
import { isFormatByte, isGoBase64 } from './base64';

test.each([
  ['aGk=', true, true],
  ['aGVsbG8h', true, true],
  ['aA==', true, true],
  ['', true, false],
  ['aG\nk=', true, false],
  ['aGk', false, false],
  ['aG-_', false, false],
  ['a===', false, false],
  ['ab=c', false, false],
  ['hello', false, false],
])('%j: Go reads it %s, the CRD takes it %s', (text, go, crd) => {
  expect([isGoBase64(text), isFormatByte(text)]).toEqual([go, crd]);
});
