import { describe, expect, test } from 'vitest';
import type { Io } from './io';
import { countedOn, showProgress } from './progress';

/** A terminal whose clock goes on by 60 ms with every look. */
function terminal(change: Partial<Io> = {}) {
  const err: string[] = [];
  let time = 0;
  const io: Io = {
    out: () => undefined,
    err: text => err.push(text),
    outIsTerminal: true,
    errIsTerminal: true,
    columns: 80,
    env: {},
    readStdin: async () => new Uint8Array(),
    now: () => {
      time += 60;
      return new Date(time);
    },
    ...change,
  };
  return { io, err };
}

function work(io: Io): void {
  const progress = showProgress('reading', io);
  for (let done = 0; done <= 20; done += 1) progress.at(done, 20);
  progress.end();
}

describe('progress', () => {
  test('is drawn after a while on one line, and removed at the end', () => {
    const { io, err } = terminal({ env: { NO_COLOR: '1' } });
    work(io);
    expect(err.length).toBeGreaterThan(3);
    expect(err[0]?.startsWith('\r\u001b[2Kreading █')).toBe(true);
    expect(err[0]).toMatch(/█+░+ +\d+ % \d+\/20$/);
    expect(err.at(-1)).toBe('\r\u001b[2K');
    expect(err.join('')).not.toContain('\n');
    expect(err.join('')).not.toContain('\u001b[36m');
  });
  test('has colours unless NO_COLOR is set', () => {
    const { io, err } = terminal();
    work(io);
    expect(err.join('')).toContain('\u001b[36m');
  });
  test.each([
    ['in a pipe', { errIsTerminal: false }],
    ['on a dumb terminal', { env: { TERM: 'dumb' } }],
    ['in a build', { env: { CI: 'true' } }],
  ])('nothing is drawn %s', (_, change) => {
    const { io, err } = terminal(change);
    work(io);
    expect(err).toEqual([]);
  });
  test('nothing is drawn for short work', () => {
    const { io, err } = terminal({ now: () => new Date(0) });
    work(io);
    expect(err).toEqual([]);
  });
  test('items are counted as they pass, and the line is gone when the reader stops', () => {
    const { io, err } = terminal();
    for (const item of countedOn(showProgress('cells', io), Array.from({ length: 5000 }).keys())) {
      if (item === 2000) break;
    }
    expect(err[0]).toMatch(/cells \d+$/);
    expect(err.at(-1)).toBe('\r\u001b[2K');
  });
});
