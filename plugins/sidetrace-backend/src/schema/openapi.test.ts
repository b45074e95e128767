import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { openApiDocument } from './openapi-document';

test('the document in the repository is what the wire types and the operations say', async () => {
  const document = openApiDocument();
  const text = stringify(document, { aliasDuplicateObjects: false, lineWidth: 0 });
  await expect(text).toMatchFileSnapshot('../../openapi.yaml');
}, 180_000);

test('it is valid OpenAPI 3.1', async () => {
  const validator = new Validator();
  const result = await validator.validate(openApiDocument());
  expect(result.errors ?? []).toEqual([]);
  expect(result.valid).toBe(true);
  expect(validator.version).toBe('3.1');
}, 180_000);
