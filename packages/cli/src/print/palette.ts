import { createColors } from 'picocolors';
import type { Io } from '../io';

export type Palette = ReturnType<typeof createColors>;

/** Colours on a terminal only; `NO_COLOR` (any value, no-color.org) and `TERM=dumb` turn them off, `FORCE_COLOR` on. */
export function paletteFor(io: Io): Palette {
  const { NO_COLOR, FORCE_COLOR, TERM } = io.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return createColors(false);
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '0') return createColors(true);
  return createColors(io.outIsTerminal && TERM !== 'dumb');
}

/** Colour of a verdict or disposition; the word is always there as well. */
export function colourOf(word: string, palette: Palette): (text: string) => string {
  switch (word) {
    case 'allowed':
    case 'delivered':
      return palette.green;
    case 'passthrough':
    case 'bypass':
    case 'mixed':
    case 'undetermined':
    case 'waiting':
      return palette.yellow;
    default:
      return palette.red;
  }
}
