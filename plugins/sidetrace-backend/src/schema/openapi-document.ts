import { fileURLToPath } from 'node:url';
import { createGenerator } from 'ts-json-schema-generator';
import { type Operation, operations } from './operations';

type Schema = Readonly<Record<string, unknown>>;

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Manifests as core has decoded them: large, and only core reads them. */
const opaque = new Set(['MeshSlice']);

/** Names of generated types hold characters that a component's name must not. */
const componentName = (name: string) => decodeURIComponent(name).replace(/[^A-Za-z0-9._-]+/g, '_');

function renamed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renamed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) =>
      key === '$ref' && typeof item === 'string'
        ? [key, `#/components/schemas/${componentName(item.replace('#/definitions/', ''))}`]
        : [key, renamed(item)],
    ),
  );
}

/** JSON schemas of the wire types, made from their TypeScript. */
function wireSchemas(names: readonly string[]): Record<string, unknown> {
  const generator = createGenerator({
    path: `${root}/sidetrace-common/src/index.ts`,
    tsconfig: `${root}/sidetrace-common/tsconfig.json`,
    skipTypeCheck: true,
    expose: 'export',
  });
  const schemas: Record<string, unknown> = {};
  for (const name of names) {
    const { definitions = {} } = generator.createSchema(name);
    for (const [key, schema] of Object.entries(definitions)) {
      const component = componentName(key);
      schemas[component] = opaque.has(component)
        ? { type: 'object', description: 'part of a mesh, for core in the browser' }
        : renamed(schema);
    }
  }
  return reachable(schemas, names);
}

function referencesOf(value: unknown, found: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) referencesOf(item, found);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      if (key === '$ref' && typeof item === 'string') found.add(item.split('/').at(-1) ?? '');
      else referencesOf(item, found);
    }
  }
}

/** Only what answers hold: behind an opaque schema nothing is needed. */
function reachable(schemas: Record<string, unknown>, roots: readonly string[]) {
  const wanted = new Set(roots);
  for (const name of wanted) referencesOf(schemas[name], wanted);
  return Object.fromEntries(
    [...wanted].sort().flatMap(name => (name in schemas ? [[name, schemas[name]] as const] : [])),
  );
}

const health: Schema = {
  type: 'object',
  additionalProperties: false,
  required: ['status', 'sources'],
  properties: {
    status: { type: 'string', enum: ['ok', 'degraded', 'not-ready'] },
    sources: {
      type: 'object',
      additionalProperties: false,
      required: ['fresh', 'stale', 'unread'],
      properties: {
        fresh: { type: 'integer' },
        stale: { type: 'integer' },
        unread: { type: 'integer' },
      },
    },
  },
};

const error: Schema = {
  type: 'object',
  required: ['error', 'response'],
  properties: {
    error: {
      type: 'object',
      required: ['name', 'message'],
      properties: { name: { type: 'string' }, message: { type: 'string' } },
    },
    response: {
      type: 'object',
      required: ['statusCode'],
      properties: { statusCode: { type: 'integer' } },
    },
  },
};

const json = (name: string) => ({
  'application/json': { schema: { $ref: `#/components/schemas/${name}` } },
});

function answerOf({ answer, files, method }: Operation): Schema {
  if (answer !== undefined) {
    const ok = { description: 'the answer', content: json(answer) };
    return { 200: ok, ...(method === 'get' ? { 304: { description: 'not changed' } } : {}) };
  }
  if (files === undefined) return { 204: { description: 'done' } };
  const content = Object.fromEntries(files.map(type => [type, { schema: {} }]));
  return { 200: { description: 'the file', content } };
}

function operationOf(operation: Operation): Schema {
  const { id, summary, permissions, query = {}, required = [], body, path } = operation;
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', minLength: 1, maxLength: 253 },
  }));
  const inQuery = Object.entries(query).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
  const needs = permissions.length === 0 ? 'no permission' : permissions.join(', ');
  return {
    operationId: id,
    summary,
    description: `Needs ${needs}.`,
    ...(permissions.length === 0 ? { security: [] } : {}),
    parameters: [...inPath, ...inQuery],
    ...(body === undefined ? {} : { requestBody: { required: true, content: json(body) } }),
    responses: {
      ...answerOf(operation),
      default: { description: 'what is wrong, for people', content: json('Error') },
    },
  };
}

/** The OpenAPI document: paths from the table of operations, schemas from the wire types. */
export function openApiDocument() {
  const types = operations.flatMap(({ body, answer }) => [body, answer]);
  const wire = [...new Set(types)].filter(
    name => name !== undefined && name !== 'Health',
  ) as readonly string[];
  const paths: Record<string, Record<string, Schema>> = {};
  for (const operation of operations) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method]: operationOf(operation),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Sidetrace backend',
      version: '1',
      description: 'What the sidecars of the configured meshes do: one request for each view.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/sidetrace' }],
    security: [{ backstage: [] }],
    paths,
    components: {
      securitySchemes: { backstage: { type: 'http', scheme: 'bearer' } },
      schemas: { ...wireSchemas(wire), Error: error, Health: health },
    },
  };
}
