/** Calls back when nothing has happened for a while. */
export interface Quiet {
  /** Something happened. */
  readonly stir: () => void;
  readonly stop: () => void;
}

/** Longest time that changes are gathered, in times of the quiet one. */
const longest = 10;

/** Calls `done` once nothing has stirred for `quietMs`, at the latest after ten times as long. */
export function whenQuiet(quietMs: number, done: () => void): Quiet {
  let timer: NodeJS.Timeout | undefined;
  let since = 0;
  const end = () => {
    timer = undefined;
    done();
  };
  return {
    stir() {
      const now = Date.now();
      if (timer === undefined) since = now;
      clearTimeout(timer);
      timer = setTimeout(end, Math.max(0, Math.min(quietMs, since + longest * quietMs - now)));
    },
    stop: () => clearTimeout(timer),
  };
}
