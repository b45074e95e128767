import { loadConfigSchema } from '@backstage/config-loader';
import type { JsonObject } from '@backstage/types';
import { expect, test } from 'vitest';

const token = 'TOKEN-THAT-NOBODY-MAY-SEE';
const observed: JsonObject = {
  url: 'https://prometheus.example/base',
  sources: ['prod'],
  labels: { source_cluster: 'prod' },
  window: { hours: 1 },
  timeout: 'PT2S',
  headers: { Authorization: token },
};
const sidetrace: JsonObject = {
  observed: { prometheus: observed },
  schedule: { frequency: { minutes: 5 }, timeout: { minutes: 15 } },
  sources: [
    { type: 'directory', id: 'files', path: 'mesh', perFolder: true },
    {
      type: 'url',
      id: 'git',
      url: 'https://git.example/mesh/tree/main',
      content: 'tree',
      files: ['base/**'],
      limits: { maxFiles: 10, maxFileMb: 1, maxTotalMb: 2 },
      timeout: { minutes: 1 },
    },
    {
      type: 'kubernetes',
      id: 'prod',
      cluster: 'prod',
      istioVersion: '1.30',
      connection: { kind: 'token', server: 'https://k8s.example', token, caData: 'PEM' },
      namespaces: ['shop'],
      watch: false,
      quietPeriod: 'PT30S',
    },
    { type: 'kubernetes', id: 'here', connection: { kind: 'in-cluster' } },
  ],
};

// compiling the types takes seconds: once for all tests
const loading = loadConfigSchema({
  dependencies: [],
  packagePaths: [`${__dirname}/../../package.json`],
});
/** What the services of a backend ask for. */
const others: JsonObject = {
  app: { baseUrl: 'http://localhost' },
  backend: {
    baseUrl: 'http://localhost',
    listen: ':0',
    database: { client: 'better-sqlite3', connection: ':memory:' },
  },
};
const processed = async (
  data: JsonObject,
  visibility: readonly ('frontend' | 'backend' | 'secret')[],
) =>
  (await loading).process([{ data: { ...others, sidetrace: data }, context: 'app-config' }], {
    visibility: [...visibility],
  });

test('the schema knows every source, gives the frontend nothing, and calls the token a secret', async () => {
  const backend = JSON.stringify(await processed(sidetrace, ['backend']));
  expect(backend).toContain('k8s.example');
  expect(backend).not.toContain(token);
  expect(JSON.stringify(await processed(sidetrace, ['secret']))).toContain(token);
  expect(JSON.stringify(await processed(sidetrace, ['frontend']))).not.toContain('example');
});

test.each([
  ['one', observed],
  ['several', [observed, { url: 'https://prometheus.example' }]],
])('headers of Prometheus are secret: %s', async (_, prometheus) => {
  const data = { observed: { prometheus } };
  const backend = JSON.stringify(await processed(data, ['backend']));
  expect(backend).toContain('prometheus.example');
  expect(backend).toContain('source_cluster');
  expect(backend).not.toContain(token);
  expect(JSON.stringify(await processed(data, ['secret']))).toContain(token);
  expect(JSON.stringify(await processed(data, ['frontend']))).not.toContain('example');
});

test('the schema refuses what no source has', async () => {
  const sources = [{ type: 'kubernetes', id: 'prod', connection: { kind: 'local' } }];
  await expect(processed({ sources }, ['backend'])).rejects.toThrow('sidetrace/sources/0');
});
