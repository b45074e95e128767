import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reasonCodes } from '@sidetrace/core';
import { expect, it } from 'vitest';

const page = readFileSync(join(import.meta.dirname, '../../../docs/reasons.md'), 'utf8');

/** Codes in the first column of the tables. */
const documented = [...page.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell = '']) =>
  [...cell.matchAll(/`([^`]+)`/g)].map(match => match[1] ?? ''),
);

it('every reason code has its exact condition in docs/reasons.md, once', () => {
  expect([...documented].sort()).toEqual([...reasonCodes].sort());
});
