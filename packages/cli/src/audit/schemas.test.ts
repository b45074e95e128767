import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readWaivers } from '@sidetrace/core/audit';
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
// loaded here, so that no test pays for it
import '../commands/audit';
import { runSidetrace } from '../testing/run-sidetrace';

const { resolve } = createRequire(import.meta.url);
const schemaOf = (name: string): object =>
  JSON.parse(readFileSync(resolve(`@sidetrace/core/schemas/${name}.schema.json`), 'utf8'));

const ajv = addFormats(new Ajv({ allErrors: true, allowUnionTypes: true }));

/** The schema with every object closed: a field that it does not describe is an error. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const members = Object.entries(schema).map(([key, value]) => [key, closed(value)]);
  const open = 'properties' in schema && !('additionalProperties' in schema);
  return { ...Object.fromEntries(members), ...(open ? { additionalProperties: false } : {}) };
}

const examples = join(import.meta.dirname, '../../../../examples');
const meshes = readdirSync(examples, { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(entry => entry.name);

async function report(args: readonly string[]): Promise<unknown> {
  return JSON.parse((await runSidetrace(['audit', '-o', 'json', ...args])).out);
}

const waiver = {
  id: 'egress/*',
  resource: 'ServiceEntry shop/*',
  reason: 'known',
  owner: 'team-shop',
  expires: '2027-01-31',
};

describe('audit-v1.schema.json', () => {
  const published = schemaOf('audit-v1');
  const validate = ajv.compile(closed(published) as object);

  test.each(meshes)('describes every field of the report on examples/%s', async name => {
    validate(await report(['-f', join(examples, name, 'mesh.yaml')]));
    expect(validate.errors).toBeNull();
  });

  test('refuses a report of another version or without findings', async () => {
    const open = ajv.compile(published);
    const good = await report(['-f', join(examples, 'unregistered-host', 'mesh.yaml')]);
    expect(open(good)).toBe(true);
    expect(open({ ...Object(good), schema: 'sidetrace.dev/audit/v2' })).toBe(false);
    expect(open({ ...Object(good), findings: undefined })).toBe(false);
  });
});

describe('waivers-v1.schema.json', () => {
  const validate = ajv.compile(schemaOf('waivers-v1'));
  const cases: readonly (readonly [string, unknown, boolean])[] = [
    ['a list', [waiver], true],
    ['a map', { waivers: [waiver] }, true],
    ['a map that names its schema', { $schema: 'waivers-v1.schema.json', waivers: [] }, true],
    ['a map with an unknown field', { waivers: [waiver], extra: 1 }, false],
    ['a waiver with an unknown field', [{ ...waiver, ticket: 'X-1' }], false],
    ['an empty reason', [{ ...waiver, reason: ' ' }], false],
    ['no owner', [{ ...waiver, owner: undefined }], false],
    ['a day that is none', [{ ...waiver, expires: '2027-02-30' }], false],
    ['a leap day', [{ ...waiver, expires: '2028-02-29' }], true],
    ['a time', [{ ...waiver, expires: '2027-01-31T00:00:00Z' }], false],
    ['nothing', {}, false],
    ['a text', 'waivers', false],
  ];

  test.each(cases)('says of %s what reading it says', (_, value, fine) => {
    const plain: unknown = JSON.parse(JSON.stringify(value));
    expect(readWaivers(plain).issues.length === 0).toBe(fine);
    expect(validate(plain)).toBe(fine);
  });
});
