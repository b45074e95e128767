import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020';
import { parse } from 'yaml';
import { operations } from '../schema/operations';

const ajv = new Ajv2020({ allErrors: true, strict: false, coerceTypes: false });
ajv.addSchema(parse(readFileSync(`${__dirname}/../../openapi.yaml`, 'utf8')), 'api');
// query parameters come as text
const coercing = new Ajv2020({ allErrors: true, strict: false, coerceTypes: true });

function operationOf(method: string, path: string) {
  const found = operations.find(
    operation =>
      operation.method === method &&
      new RegExp(`^${operation.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(path),
  );
  if (found === undefined) throw new Error(`${method} ${path} is not in the OpenAPI document`);
  return found;
}

function check(schema: string, value: unknown, what: string): void {
  const validate = ajv.getSchema(`api#/components/schemas/${schema}`);
  if (validate === undefined) throw new Error(`there is no schema ${schema}`);
  if (validate(value) !== true) {
    throw new Error(`${what} is no ${schema}: ${ajv.errorsText(validate.errors)}`);
  }
}

/** A request and what came of it. */
export interface Exchange {
  readonly method: 'get' | 'post';
  /** Below `/api/sidetrace`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly status: number;
  readonly type: string;
  readonly answer: unknown;
}

/** Throws when an exchange is not as the OpenAPI document says. A refused request need not be valid itself. */
export function checkExchange(exchange: Exchange): void {
  const { method, path, query, body, status, type, answer } = exchange;
  const operation = operationOf(method, path);
  if (status >= 400) {
    if (operation.answer !== 'Health') check('Error', answer, `the error of ${method} ${path}`);
    return;
  }
  const { query: properties = {}, required = [], files } = operation;
  const isQuery = coercing.compile({
    type: 'object',
    additionalProperties: false,
    properties,
    required,
  });
  if (!isQuery({ ...query }))
    throw new Error(`query of ${path}: ${coercing.errorsText(isQuery.errors)}`);
  if (operation.body !== undefined) check(operation.body, body, `the body of ${path}`);
  if (operation.answer !== undefined && status === 200) {
    check(operation.answer, answer, `the answer of ${path}`);
  }
  if (files?.some(file => type.startsWith(file)) === false) {
    throw new Error(`${path} answers with ${type}`);
  }
}
