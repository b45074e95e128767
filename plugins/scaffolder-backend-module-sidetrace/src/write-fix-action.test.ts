import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createMockDirectory, mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createWriteFixAction } from './index';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'bypass' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const workspace = createMockDirectory();
const entry = 'apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata:\n  name: stripe\n';
const rule =
  'apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata:\n  name: stripe\n';
const suggestion = (title: string, yaml: string) => ({
  title,
  yaml,
  edits: {},
  after: { symptom: { summary: 'reaches the host' } },
});
const blocked = { disposition: 'closed-by-proxy', symptom: { summary: 'TLS handshake is closed' } };
const delivered = { disposition: 'delivered', symptom: { summary: 'reaches the host' } };

const asked: unknown[] = [];
function answers(trace: object, suggestions: readonly object[]) {
  asked.length = 0;
  server.use(
    http.post(
      '*/api/sidetrace/entities/default/component/shop-web/suggestions',
      async ({ request }) => {
        asked.push(await request.json(), request.headers.get('Authorization'));
        return HttpResponse.json({ trace, suggestions });
      },
    ),
  );
}

async function write(input: object = {}) {
  workspace.clear();
  const outputs = new Map<string, unknown>();
  const action = createWriteFixAction({
    auth: mockServices.auth(),
    discovery: mockServices.discovery(),
  });
  await action.handler({
    input: {
      entityRef: 'component:default/shop-web',
      host: 'api.stripe.com',
      port: 443,
      protocol: 'https' as const,
      targetPath: 'mesh/stripe.yaml',
      ...input,
    },
    workspacePath: workspace.path,
    logger: mockServices.rootLogger(),
    getInitiatorCredentials: async () => mockCredentials.user(),
    output: (name: string, value: unknown) => void outputs.set(name, value),
  } as never);
  return outputs;
}

describe('sidetrace:fix:write', () => {
  test('writes the ServiceEntry, though another manifest comes first', async () => {
    answers(blocked, [suggestion('a rule', rule), suggestion('register the host', entry)]);
    const outputs = await write();
    expect(await readFile(join(workspace.path, 'mesh/stripe.yaml'), 'utf8')).toBe(entry);
    expect(Object.fromEntries(outputs)).toEqual({
      changed: true,
      title: 'register the host',
      before: 'TLS handshake is closed',
      after: 'reaches the host',
      manifest: entry,
    });
    expect(asked[0]).toEqual({ call: { to: 'api.stripe.com', port: 443, protocol: 'https' } });
    expect(asked[1]).toMatch(/^Bearer /);
  });

  test('without a ServiceEntry, writes the first manifest', async () => {
    answers(blocked, [suggestion('annotate', ''), suggestion('a rule', rule)]);
    await write();
    expect(await readFile(join(workspace.path, 'mesh/stripe.yaml'), 'utf8')).toBe(rule);
  });

  test('writes nothing for a call that works', async () => {
    answers(delivered, []);
    const outputs = await write();
    expect(outputs.get('changed')).toBe(false);
    await expect(readFile(join(workspace.path, 'mesh/stripe.yaml'))).rejects.toThrow(/ENOENT/);
  });

  test('says so when no manifest helps', async () => {
    answers(blocked, [suggestion('annotate', '')]);
    await expect(write()).rejects.toThrow(/no manifest was found .* TLS handshake is closed/);
  });

  test('writes to no place outside of the workspace', async () => {
    answers(blocked, [suggestion('register the host', entry)]);
    await expect(write({ targetPath: '../stripe.yaml' })).rejects.toThrow(/not allowed/i);
    expect(asked).toEqual([]);
  });
});
