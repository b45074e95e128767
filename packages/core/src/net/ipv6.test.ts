import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIp } from './address';

describe('IPv6 text', () => {
  it.each([
    ['2001:DB8::0053', '2001:db8::53'],
    ['::', '::'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
    ['1:0:2:3:4:5:6:7', '1:0:2:3:4:5:6:7'],
    ['::ffff:1.2.3.4', '::ffff:1.2.3.4'],
    ['64:ff9b::1.2.3.4', '64:ff9b::102:304'],
    ['::1.2.3.4', '::102:304'],
  ])('%s is written %s', (text, canonical) => {
    expect(parseIp(text)).toBe(canonical);
  });

  it.each([
    '00001::',
    '1::2::3',
    '1:2:3:4:5:6:7:8::',
    '::01.2.3.4',
    ':1::',
    '1.2.3.4::',
    'fe80::1%eth0',
    '1:2:3',
    ':::',
    '',
  ])('%s is no address', text => {
    expect(parseIp(text)).toBeUndefined();
  });

  it('reads its own text again', () => {
    const groups = fc.array(fc.nat(0xffff), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(groups, parts => {
        const text = parseIp(parts.map(part => part.toString(16)).join(':'));
        expect(text !== undefined && parseIp(text)).toBe(text);
      }),
    );
  });
});
