import { describe, expect, test } from 'vitest';
import { columns, visibleWidth, wrap } from './columns';

describe('wrap', () => {
  test.each([
    ['aaa bbb ccc', 7, 2, 'aaa bbb\n  ccc'],
    ['  aaa bbb ccc', 7, 4, '  aaa\n    bbb\n    ccc'],
    ['aaaaaaaaaaaa b', 5, 1, 'aaaaaaaaaaaa\n b'],
    ['', 5, 1, ''],
    ['\u001b[1maaa\u001b[22m bbb', 7, 2, '\u001b[1maaa\u001b[22m bbb'],
  ])('%j in %i', (text, width, indent, wanted) => {
    expect(wrap(text, width, indent)).toBe(wanted);
  });
  test('no line is wider, unless a word is', () => {
    const text = 'the quick brown fox jumps over the lazy dog '.repeat(5).trim();
    for (const line of wrap(`    ${text}`, 30, 6).split('\n')) {
      expect(visibleWidth(line)).toBeLessThanOrEqual(30);
    }
  });
});

describe('columns', () => {
  const rows = [
    ['A', 'B', 'WHERE'],
    ['long cell', 'x', 'a place far away'],
    ['y', 'z', ''],
  ];
  test('are one line each in a pipe and on a wide terminal', () => {
    const wide = 'A          B  WHERE\nlong cell  x  a place far away\ny          z\n';
    expect(columns(rows)).toBe(wide);
    expect(columns(rows, 80)).toBe(wide);
  });
  test('have the last one below on a narrow terminal', () => {
    expect(columns(rows, 20)).toBe(
      'A          B\n    WHERE\nlong cell  x\n    a place far away\ny          z\n',
    );
  });
});
