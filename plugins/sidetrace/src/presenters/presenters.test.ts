import { describe, expect, test } from 'vitest';
import { callOf } from './call-address';
import { drawnRange, moveInGrid } from './mesh/matrix-grid';

const from = { kind: 'Deployment', namespace: 'shop', name: 'web' };
const form = { address: '', container: '', uid: '', ip: '', sni: '', http2: false };

describe('the address of a call', () => {
  test('is a URL, or host and port', () => {
    expect(callOf({ ...form, address: 'https://a.example/x' }, from)).toMatchObject({
      to: 'a.example',
      port: 443,
      protocol: 'https',
      path: '/x',
    });
    expect(callOf({ ...form, address: 'db.example:5432' }, from)).toMatchObject({
      port: 5432,
      protocol: 'tcp',
    });
  });
  test('is not complete without a port that is known or written', () => {
    for (const address of ['', 'tcp://db.example', 'gopher://a.example', 'a.example:99999']) {
      expect(callOf({ ...form, address }, from)).toBeUndefined();
    }
  });
});

test('arrow keys stay inside the grid, and only cells in sight are drawn', () => {
  const size = { rows: 2, columns: 2 };
  expect(moveInGrid('ArrowUp', { row: 0, column: 0 }, size)).toEqual({ row: 0, column: 0 });
  expect(moveInGrid('End', { row: 0, column: 0 }, size)).toEqual({ row: 0, column: 1 });
  expect(moveInGrid('a', { row: 0, column: 0 }, size)).toBeUndefined();
  expect(drawnRange(0, 360, 2000)).toEqual({ from: 0, to: 16 });
});
