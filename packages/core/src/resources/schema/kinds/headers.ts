import { list, map, message, text } from '../make-type';

const headerOperations = message({
  add: map(text()),
  remove: list(text()),
  set: map(text()),
});

/** `Headers`. */
export const headers = message({
  request: headerOperations,
  response: headerOperations,
});
