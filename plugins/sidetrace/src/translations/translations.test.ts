import { expect, test } from 'vitest';
import german from './de';
import { messages } from './messages';

/** Keys as the translation ref makes them: parts joined by dots. */
function flatten(value: object, prefix = ''): readonly (readonly [string, string])[] {
  return Object.entries(value).flatMap(([key, item]: [string, unknown]) =>
    typeof item === 'object' && item !== null
      ? flatten(item, `${prefix}${key}.`)
      : [[`${prefix}${key}`, String(item)] as const],
  );
}

const places = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();
const english = new Map(flatten(messages));

test('German has every text, and none that English lacks', () => {
  expect([...Object.keys(german)].sort()).toEqual([...english.keys()].sort());
});

test('German texts have the same places for values', () => {
  for (const [key, text] of Object.entries(german)) {
    expect(places(text), key).toEqual(places(english.get(key) ?? ''));
  }
});
