import { list, map, message, text } from '../make-type';

export const headerOperations = message({
  add: map(text()),
  remove: list(text()),
  set: map(text()),
});

export const headers = message({
  request: headerOperations,
  response: headerOperations,
});
