import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSchema } from './check-schema';
import { decodeMessage } from './decode-message';
import { compareWithMilliseconds, parseGoDuration } from './duration';
import {
  anyDuration,
  bool,
  choice,
  duration,
  int32,
  list,
  map,
  message,
  nullable,
  required,
  since,
  text,
  uint32,
  words,
} from './make-type';

describe('durations as Go writes them', () => {
  it.each([
    ['5s', 5, 0],
    ['1h2m3.5s', 3723, 500_000_000],
    ['100ms', 0, 100_000_000],
    ['-1s', -1, 0],
    ['.5s', 0, 500_000_000],
    ['1.s', 1, 0],
    ['0', 0, 0],
    ['1µs', 0, 1000],
    ['0000000000000000000000005s', 5, 0],
    ['0.99999999999999999999s', 1, 0],
  ])('%s', (text, seconds, nanos) => {
    const parsed = parseGoDuration(text);
    expect(parsed?.seconds).toBeCloseTo(seconds);
    expect(parsed?.nanos).toBeCloseTo(nanos);
  });
  it.each(['', '5', 's', '5 s', '5d', '1e3s', '9999999999h', '--1s', '99999999999999999999ns'])(
    '`%s` is none',
    text => {
      expect(parseGoDuration(text)).toBeUndefined();
    },
  );
  it('compare by value', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), fc.nat(10_000_000), (a, b) => {
        const parsed = parseGoDuration(`${a}ms`) ?? { seconds: 0, nanos: 0 };
        expect(Math.sign(compareWithMilliseconds(parsed, b))).toBe(Math.sign(a - b));
      }),
    );
  });
});

const sample = message({
  name: required(text({ maxLength: 3 })),
  count: uint32(),
  weight: int32(),
  mode: words('OFF', 'ON'),
  wait: duration(),
  idle: anyDuration(),
  flag: nullable(bool()),
  items: list(text(), { maxItems: 2 }),
  labels: map(text()),
  exact: choice('match', text()),
  prefix: choice('match', text()),
  late: since(31, text()),
});
const read = (value: unknown, minor = 32) => decodeMessage(sample, value, { minor });
const violations = (value: unknown, minor = 32) =>
  checkSchema(sample, value, minor, 'spec').map(({ kind, path }) => `${kind} ${path}`);

describe('decoding as protobuf JSON', () => {
  it('fills in zero values and takes null as absent', () => {
    const decoded = read({ name: null, count: null });
    expect(decoded).toMatchObject({
      ok: true,
      value: { name: '', count: 0, mode: 'OFF', items: [] },
    });
    expect(decoded.ok && decoded.value.flag).toBeUndefined();
  });
  it.each([
    [{ count: '443' }, { count: 443 }],
    [{ count: ' 443' }, { count: 443 }],
    [{ mode: 1 }, { mode: 'ON' }],
    [{ mode: 7 }, { mode: 7 }],
    [
      { exact: 'a', prefix: 'b' },
      { exact: undefined, prefix: 'b' },
    ],
    [{ items: [null] }, { items: [''] }],
    [{ unknown: {} }, { name: '' }],
  ])('%j', (value, expected) => {
    expect(read(value)).toMatchObject({ ok: true, value: expected });
  });
  it.each([
    [{ count: -1 }, 'count'],
    [{ count: '443.0' }, 'count'],
    [{ weight: 2 ** 31 }, 'weight'],
    [{ mode: 'on' }, 'mode'],
    [{ flag: 'true' }, 'flag'],
    [{ items: 'a' }, 'items'],
    [{ labels: { a: true } }, 'labels.a'],
    [{ wait: 5 }, 'wait'],
    [[], ''],
  ])('%j does not decode', (value, path) => {
    expect(read(value)).toMatchObject({ ok: false, failure: { path } });
  });
  it('ignores fields that came later', () => {
    expect(read({ late: 1 }, 30).ok).toBe(true);
    expect(read({ late: 1 }, 31).ok).toBe(false);
  });
});

describe('the structural schema', () => {
  it.each([
    [{ name: 'abc', count: 1, flag: null, wait: '1ms', idle: 'x' }, []],
    [{}, ['required spec.name']],
    [{ name: 'abcd' }, ['value spec.name']],
    [{ name: 'a', count: '1' }, ['type spec.count']],
    [{ name: 'a', count: -1 }, ['value spec.count']],
    [{ name: 'a', mode: 1 }, ['type spec.mode']],
    [{ name: 'a', wait: '1us' }, ['rule spec.wait']],
    [{ name: 'a', items: ['a', 'b', 'c'] }, ['value spec.items']],
    [{ name: 'a', exact: '', prefix: '' }, ['choice spec']],
    [{ name: 'a', constructor: 1 }, ['unknown-field spec.constructor']],
    ['a', ['type spec']],
  ])('%j', (value, expected) => {
    expect(violations(value)).toEqual(expected);
  });
  it('does not know fields that came later', () => {
    expect(violations({ name: 'a', late: 'x' }, 30)).toEqual(['unknown-field spec.late']);
  });
});
