import { createColors } from 'picocolors';
import { describe, expect, test } from 'vitest';
import { visibleWidth } from './columns';
import { excerpt } from './excerpt';

const palette = createColors(false);
const options = { palette, width: 60, colour: (text: string) => text };
const show = (line: string, column: number, width = 60) =>
  excerpt(line, { line: 12, column }, { ...options, width });

describe('a source excerpt', () => {
  test('has the caret below the key', () => {
    expect(show('    - name: http', 7)).toEqual([
      '     |',
      '  12 |     - name: http',
      '     |       ^^^^',
    ]);
  });

  test.each([
    ['- "a b"', 3, '^^^^^'],
    ['- a.example:443', 3, '^^^^^^^^^^^^^'],
    ['{a: 1, b: 2}', 8, '^'],
    ["- 'it''s'", 3, '^^^^^^^'],
    ['', 1, '^'],
  ])('underlines the token of %j at %i', (line, column, carets) => {
    expect(show(line, column)[2]?.slice(7).trimStart()).toBe(carets);
  });

  test.each([1, 40, 150, 200])('of a long line stays in the width, column %i', column => {
    const line = `${'x'.repeat(column - 1)}Y${'z'.repeat(200 - column)}`;
    const [, text = '', carets = ''] = show(line, column);
    expect(visibleWidth(text)).toBeLessThanOrEqual(60);
    expect(visibleWidth(carets)).toBeLessThanOrEqual(60);
    expect(text[carets.indexOf('^')]).toBe('Y');
  });

  test('shows no control characters of the input', () => {
    expect(show('a: \u001b[31mred\u0007', 1)[1]).toBe('  12 | a:  [31mred');
  });

  test('colours the caret alone', () => {
    const lines = excerpt('a: 1', { line: 1, column: 1 }, { ...options, colour: t => `<${t}>` });
    expect(lines[1]).toBe('   1 | a: 1');
    expect(lines[2]).toBe('     | <^>');
  });
});
