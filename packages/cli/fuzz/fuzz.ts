import type { Seed } from './corpus';
import { mutate } from './mutate';
import { makeRandom } from './random';
import { isPolluted, type Ran, runInput } from './run-input';
import type { YamlNode } from './yaml-node';

/** An input that broke a promise. */
export interface Failure {
  /** Number of the input: with it alone the input can be made again. */
  readonly input: number;
  readonly seed: string;
  readonly what: string;
}

/** An input by its number. */
export interface Input {
  readonly seed: string;
  readonly text: string;
}

function partOf(documents: readonly YamlNode[], input: number): readonly YamlNode[] {
  const random = makeRandom(input ^ 0x5eed);
  const most = 12;
  if (documents.length <= most) return documents;
  const start = random.below(documents.length - most);
  return documents.slice(start, start + most);
}

/** Makes the input of a number. */
export function makeInput(corpus: readonly Seed[], input: number): Input {
  const random = makeRandom(input);
  const seed = random.pick(corpus);
  const donor = random.pick(random.pick(corpus).documents);
  return { seed: seed.name, text: mutate(partOf(seed.documents, input), donor, random) };
}

/** Runs the input of a number; what it threw or polluted is a failure. */
export function tryInput(corpus: readonly Seed[], input: number): Failure | Ran {
  const { seed, text } = makeInput(corpus, input);
  try {
    const ran = runInput(text, makeRandom(input + 1));
    return isPolluted() ? { input, seed, what: 'a prototype has got a member' } : ran;
  } catch (error) {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { input, seed, what };
  }
}
