import { describe, expect, it } from 'vitest';
import { parseRanges } from './network-range';

const strict = { skipBad: false };

describe('a list of ranges', () => {
  it('keeps host bits, writes addresses canonically and splits families', () => {
    expect(parseRanges('10.1.2.3/8,,2001:DB8:0::/32,::ffff:1.2.3.0/120', strict)).toEqual({
      wildcard: false,
      v4: ['10.1.2.3/8'],
      v6: ['2001:db8::/32', '::ffff:1.2.3.0/120'],
      loopback: false,
    });
  });
  it.each(['127.0.0.0/8', '::1/128', '::ffff:127.0.0.1/128'])('%s is a loopback range', range => {
    expect(parseRanges(range, strict)).toMatchObject({ loopback: true });
  });
  it('everything is not a loopback range', () => {
    expect(parseRanges('0.0.0.0/0', strict)).toMatchObject({ loopback: false });
  });
  it.each([
    '*,10.0.0.0/8',
    ' 10.0.0.0/8',
    '10.0.0.1',
    '10.0.0.0/33',
    '010.0.0.0/8',
    'a.b/8',
    '10.0.0.0/08',
  ])('`%s` is refused', text => {
    expect(parseRanges(text, strict)).toMatchObject({ kind: 'bad-range' });
  });
  it('older releases leave a bad part out', () => {
    expect(parseRanges('10.0.0.1,10.2.0.0/16', { skipBad: true })).toMatchObject({
      v4: ['10.2.0.0/16'],
    });
  });
});
