import type { Io } from './io';
import { paletteFor } from './print/palette';

/** Tells on a terminal how far long work is. */
export interface Progress {
  /** `total` left out: how much there is to do is not known. */
  readonly at: (done: number, total?: number) => void;
  /** Removes the line. */
  readonly end: () => void;
}

const silent: Progress = { at: () => undefined, end: () => undefined };
const firstMs = 400;
const everyMs = 100;
const barWidth = 24;

function barText(done: number, total: number): string {
  const filled = Math.round((barWidth * Math.min(done, total)) / Math.max(total, 1));
  return `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}`;
}

const counted = (count: number) => count.toLocaleString('en-US');

function lineOf(title: string, done: number, total: number | undefined, io: Io): string {
  if (total === undefined) return `${title} ${counted(done)}`;
  const palette = paletteFor({ ...io, outIsTerminal: io.errIsTerminal });
  const share = `${String(Math.floor((100 * done) / Math.max(total, 1))).padStart(3)} %`;
  return `${title} ${palette.cyan(barText(done, total))} ${share} ${counted(done)}/${counted(total)}`;
}

/**
 * A bar on standard error: only on a terminal, only for work that takes a while, and gone when it ends. A pipe, a log of
 * a build and `TERM=dumb` see nothing of it.
 */
export function showProgress(title: string, io: Io): Progress {
  if (!io.errIsTerminal || io.env.TERM === 'dumb' || io.env.CI !== undefined) return silent;
  const start = io.now().getTime();
  let drawn = 0;
  return {
    at: (done, total) => {
      const now = io.now().getTime();
      if (now - start < firstMs || now - drawn < everyMs) return;
      drawn = now;
      io.err(`\r\u001b[2K${lineOf(title, done, total, io)}`);
    },
    end: () => {
      if (drawn > 0) io.err('\r\u001b[2K');
      drawn = 0;
    },
  };
}

/** The items of an iterable, counted on the terminal as they come. */
export function* countedOn<T>(progress: Progress, items: Iterable<T>): Iterable<T> {
  let done = 0;
  try {
    for (const item of items) {
      done += 1;
      progress.at(done);
      yield item;
    }
  } finally {
    progress.end();
  }
}
