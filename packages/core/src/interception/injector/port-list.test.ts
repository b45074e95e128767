import { describe, expect, it } from 'vitest';
import { isPort, isPortList, trimSpace } from './port-list';

describe('ports of an annotation', () => {
  it('may have the white space of Go around them', () => {
    for (const space of [' ', '\t', '\n', '\u0085', '\u00a0', '\u2003', '\u3000']) {
      expect(trimSpace(`${space}80${space}`)).toBe('80');
      expect(isPortList(`${space}80${space},${space}443`)).toBe(true);
    }
  });

  it('may not have what only JavaScript takes for white space, nor what neither does', () => {
    expect(isPort('\ufeff80')).toBe(false);
    expect(isPort('\u200b80')).toBe(false);
    expect(isPort('8 0')).toBe(false);
  });

  it('are decimal, unsigned and at most 65535', () => {
    expect(['0', '00080', '65535'].every(isPort)).toBe(true);
    expect(['', '65536', '-1', '+80', '0x50', '1_000', '8e1', '\u0668'].some(isPort)).toBe(false);
  });

  it('are none in an empty list, and no part is empty', () => {
    expect(isPortList('')).toBe(true);
    expect(isPortList('  ')).toBe(true);
    expect(['80,', ',80', '80,,443', ','].some(isPortList)).toBe(false);
  });
});
