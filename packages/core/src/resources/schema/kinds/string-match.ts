import { choice, double, message, text } from '../make-type';

export const stringMatch = message({
  exact: choice('match', text()),
  prefix: choice('match', text()),
  regex: choice('match', text()),
});

export const percent = message({
  value: double(),
});
