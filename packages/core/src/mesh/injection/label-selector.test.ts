import { describe, expect, it } from 'vitest';
import type { LabelSelector } from '../../resources';
import { compileSelector } from './label-selector';

const one = (key: string, operator: string, values?: readonly string[]): LabelSelector => ({
  matchExpressions: [{ key, operator, ...(values !== undefined && { values }) }],
});

function matches(selector: LabelSelector, labels: Readonly<Record<string, string>>) {
  const compiled = compileSelector(selector);
  return compiled.kind === 'invalid' ? 'invalid' : compiled.matches(labels);
}

describe('a label selector', () => {
  it.each<[LabelSelector, Readonly<Record<string, string>>, boolean]>([
    [{}, {}, true],
    [{ matchLabels: { app: 'a' } }, { app: 'a', x: 'y' }, true],
    [{ matchLabels: { app: 'a' } }, { app: 'A' }, false],
    [one('app', 'In', ['a', 'b']), { app: 'b' }, true],
    [one('app', 'In', ['a']), {}, false],
    [one('app', 'NotIn', ['a']), {}, true],
    [one('app', 'NotIn', ['a']), { app: 'a' }, false],
    [one('app', 'Exists'), { app: '' }, true],
    [one('app', 'DoesNotExist'), { app: '' }, false],
    [one('toString', 'Exists'), {}, false],
  ])('%j on %j: %s', (selector, labels, result) => {
    expect(matches(selector, labels)).toBe(result);
  });

  it.each([
    one('app', 'Within', ['a']),
    one('app', 'in', ['a']),
    one('app', 'In', []),
    one('app', 'Exists', ['a']),
    one('-app', 'Exists'),
    one('a/b/c', 'Exists'),
    one('app', 'In', ['not valid']),
  ])('%j is not valid', selector => {
    expect(matches(selector, {})).toBe('invalid');
  });
});
