import { expect, test } from 'vitest';
import { ClusterError } from '../cluster-error';
import { Troubles } from './troubles';

const refused = () => new ClusterError('api', 'the token is refused', 'renew it');
const cut = () => new ClusterError('api', 'the watch was cut', 'it is tried again');

/** Tells troubles of lists, and gives what was told of the whole. */
function toldOf(...steps: readonly (readonly [list: string, error: ClusterError | undefined])[]) {
  const told: (string | undefined)[] = [];
  const troubles = new Troubles(error => told.push(error?.message.split(' (')[0]));
  for (const [list, error] of steps) troubles.set(list, error);
  return told;
}

test('the same trouble of many lists is told once, its end when the last one is well', () => {
  expect(
    toldOf(['a', cut()], ['b', cut()], ['a', cut()], ['a', undefined], ['b', undefined]),
  ).toEqual(['the watch was cut', undefined]);
});

test('a trouble that becomes another one is told again', () => {
  expect(toldOf(['a', cut()], ['a', refused()])).toEqual([
    'the watch was cut',
    'the token is refused',
  ]);
});

test('the trouble of another list is told when the first one is well', () => {
  expect(toldOf(['a', cut()], ['b', refused()], ['a', undefined], ['b', undefined])).toEqual([
    'the watch was cut',
    'the token is refused',
    undefined,
  ]);
});

test('a list that was well and is well is not told', () => {
  expect(toldOf(['a', undefined])).toEqual([]);
});
