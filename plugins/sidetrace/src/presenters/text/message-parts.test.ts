import { expect, test } from 'vitest';
import { messageParts } from './message-parts';

test('a message begins with a capital letter, its literals stay as they are', () => {
  expect(messageParts('port 80 of `rates.example` is HTTP')).toEqual([
    { literal: false, text: 'Port 80 of ' },
    { literal: true, text: 'rates.example' },
    { literal: false, text: ' is HTTP' },
  ]);
});

test('a literal at the beginning keeps its small letter', () => {
  expect(messageParts('`a.example` is blocked')).toEqual([
    { literal: true, text: 'a.example' },
    { literal: false, text: ' is blocked' },
  ]);
  expect(messageParts('')).toEqual([]);
});
