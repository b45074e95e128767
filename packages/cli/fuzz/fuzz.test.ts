import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadCorpus } from './corpus';
import { makeInput, tryInput } from './fuzz';
import { makeRandom } from './random';
import { isPolluted } from './run-input';

const root = join(import.meta.dirname, '../../..');
const from = 1_000_000;
const count = 2000;

test('no mutated input throws or pollutes a prototype', { timeout: 600_000 }, async () => {
  const corpus = await loadCorpus(root, false);
  const results = Array.from({ length: count }, (_, at) => tryInput(corpus, from + at));
  expect(results.filter(result => 'what' in result)).toEqual([]);
  // the mutations leave something to answer about
  const answered = results.filter(result => 'workloads' in result && result.workloads > 0);
  expect(answered.length).toBeGreaterThan(count / 3);
});

test('an input is made again from its number', async () => {
  const corpus = await loadCorpus(root, false);
  expect(makeInput(corpus, 7)).toEqual(makeInput(corpus, 7));
  expect(makeInput(corpus, 7)).not.toEqual(makeInput(corpus, 8));
  expect(makeRandom(3).below(1000)).toBe(makeRandom(3).below(1000));
});

test('a prototype that has got a member is noticed', () => {
  expect(isPolluted()).toBe(false);
  Object.defineProperty(Object.prototype, 'fuzzed', { value: 1, configurable: true });
  expect(isPolluted()).toBe(true);
  Reflect.deleteProperty(Object.prototype, 'fuzzed');
  expect(isPolluted()).toBe(false);
});
