import { describe, expect, test } from 'vitest';
import { markdownText } from './markdown';

describe('text in markdown', () => {
  test.each([
    ['a * b', 'a \\* b'],
    ['spec.hosts[0]', 'spec.hosts\\[0\\]'],
    ['the host `*.a_b` fits', 'the host `*.a_b` fits'],
    ['REGISTRY_ONLY', 'REGISTRY_ONLY'],
    ['_emphasis_', '\\_emphasis\\_'],
    ['<b>x</b>', '\\<b\\>x\\</b\\>'],
    ['one `open', 'one \\`open'],
    ['two\nlines', 'two lines'],
  ])('%j is %j', (text, written) => {
    expect(markdownText(text)).toBe(written);
  });
});
