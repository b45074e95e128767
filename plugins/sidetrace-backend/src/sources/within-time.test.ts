import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { isTimeout, withinTime } from './within-time';

const never = new AbortController().signal;
/** Ends only by the signal. */
const hang = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

test('work that ends in time is what comes of it', async () => {
  expect(await withinTime(60_000, never, async limited => limited.aborted)).toBe(false);
});

test('work that hangs is ended after the time, by an error that says so', async () => {
  const error = await withinTime(10, never, hang).catch((reason: unknown) => reason);
  expect(isTimeout(error)).toBe(true);
});

test('the time comes whatever the garbage collector takes meanwhile', async () => {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const ended = withinTime(500, never, hang).catch(isTimeout);
  for (let times = 0; times < 5; times += 1) {
    await pause(20);
    collect();
  }
  expect(await Promise.race([ended, pause(30_000, 'never')])).toBe(true);
});

test('work is ended with the signal, by its reason', async () => {
  const stop = new AbortController();
  const ended = withinTime(60_000, stop.signal, hang).catch((reason: unknown) => reason);
  stop.abort('enough');
  expect(await ended).toBe('enough');
  expect(await withinTime(60_000, stop.signal, hang).catch((reason: unknown) => reason)).toBe(
    'enough',
  );
});
