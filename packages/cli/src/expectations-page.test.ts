import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseYaml } from '@sidetrace/core';
import { expectationsSchema, parseExpectations } from '@sidetrace/core/access';
import { expect, it } from 'vitest';

const page = readFileSync(join(import.meta.dirname, '../../../docs/expectations.md'), 'utf8');
const [example = ''] = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(match => match[1] ?? '');

it('the example of docs/expectations.md is valid', () => {
  const read = parseYaml(example);
  if (!read.ok) throw new Error(read.message);
  const { expectations, issues } = parseExpectations(read.value);
  expect(issues).toEqual([]);
  expect(expectations?.expectations).toHaveLength(4);
});

it('every field of an expectation is described', () => {
  const { properties } = expectationsSchema.properties.expectations.items;
  const described = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(match => match[1]);
  expect(described.sort()).toEqual(Object.keys(properties).sort());
});
