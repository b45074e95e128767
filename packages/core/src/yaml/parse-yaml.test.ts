import { describe, expect, it } from 'vitest';
import { parseYaml } from './parse-yaml';

const read = (text: string) => {
  const result = parseYaml(text);
  return result.ok ? result.value : result;
};

describe('YAML as kubectl reads it', () => {
  it.each([
    ['on', true],
    ['y', true],
    ['No', false],
    ['0443', 291],
    ['0o17', 15],
    ['0x1F', 31],
    ['4_43', 443],
    ['1e3', 1000],
    ['443.0', 443],
    ['190:20:30', '190:20:30'],
    ['2024-01-01', '2024-01-01'],
    ['~', null],
    ["'443'", '443'],
    ['1.10', 1.1],
    ['1e400', '1e400'],
    ['.iNf', '.iNf'],
    ['!!timestamp 2001-01-01', '2001-01-01'],
  ])('%s', (text, value) => {
    expect(read(`a: ${text}\n`)).toEqual({ a: value });
  });

  it.each(['.inf', '-.Inf', '+.INF', '.nan', '[1, .NaN]'])('%s is no value of JSON', text => {
    expect(parseYaml(`a: ${text}\n`)).toMatchObject({
      ok: false,
      message: expect.stringContaining('json: unsupported value'),
    });
  });
  it('the last of duplicate keys counts', () => {
    expect(read('a: 1\na: 2\n')).toEqual({ a: 2 });
  });
  it('a text of comments has no value', () => {
    expect(read('# nothing\n')).toBeUndefined();
    expect(read('')).toBeUndefined();
  });
  it('only the first document is read', () => {
    expect(read('a: 1\n---\nb: 2\n')).toEqual({ a: 1 });
  });
  it('`__proto__` is a key like any other', () => {
    const value = read('__proto__: {a: 1}\n');
    expect(Object.entries(value ?? {})).toEqual([['__proto__', { a: 1 }]]);
  });
  it('a mistake has its line', () => {
    expect(parseYaml('a: 1\nb: [*x]\n')).toMatchObject({ ok: false, line: 2 });
  });
});

describe('aliases', () => {
  it('stand for what they name', () => {
    expect(read('a: &x [1]\nb: *x\n')).toEqual({ a: [1], b: [1] });
  });
  it('that blow a document up are refused', () => {
    const levels = Array.from({ length: 9 }, (_, at) =>
      at === 0
        ? '- &a0 [x]'
        : `- &a${at} [${Array(9)
            .fill(`*a${at - 1}`)
            .join(', ')}]`,
    );
    expect(parseYaml(`${levels.join('\n')}\n`)).toMatchObject({
      ok: false,
      message: 'document contains excessive aliasing',
    });
  });
  it('that contain themselves are refused', () => {
    expect(parseYaml('a: &x [*x]\n').ok).toBe(false);
  });
});
