import { choice, double, message, text } from '../make-type';

/** `StringMatch`. */
export const stringMatch = message({
  exact: choice('match', text()),
  prefix: choice('match', text()),
  regex: choice('match', text()),
});

/** `Percent`. */
export const percent = message({
  value: double(),
});
