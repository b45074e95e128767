import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delay, HttpResponse, http, passthrough } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { sample, vector } from '../testing/prometheus';
import { answerLimit } from './ask-prometheus';
import { ObservedCalls } from './observed-calls';
import { observedSchema } from './observed-config';

const secret = 'Bearer TOKEN-THAT-NOBODY-MAY-SEE';
const url = 'https://prometheus.example/base';
const endpoint = `${url}/api/v1/query`;
const now = new Date('2026-11-24T12:00:00Z');

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const mesh = (id: string, answerDigest = 'one') => ({
  source: { id, configId: id, answerDigest, digest: answerDigest },
});

function start(more: object = {}) {
  const warn = vi.fn();
  const { prometheus } = observedSchema.parse({
    prometheus: { url, headers: { Authorization: secret }, ...more },
  });
  return { calls: new ObservedCalls(prometheus, { warn }), warn };
}
/** What is said of a failure, and that it is logged, both without the header. */
async function failure({ calls, warn }: ReturnType<typeof start>) {
  const observed = await calls.of(mesh('prod'), 'shop', now);
  if (observed.kind !== 'failed') throw new Error(`it is ${observed.kind}`);
  expect(warn).toHaveBeenCalledOnce();
  expect(JSON.stringify([warn.mock.calls, observed])).not.toContain('TOKEN');
  expect(observed.message).not.toContain('prometheus.example');
  return observed.message;
}

test('asks for requests and connections of the namespace, with the configured headers', async () => {
  const seen: { query: string | null; time: string | null; authorization: string | null }[] = [];
  server.use(
    http.post(endpoint, async ({ request }) => {
      const form = new URLSearchParams(await request.text());
      const authorization = request.headers.get('authorization');
      seen.push({ query: form.get('query'), time: form.get('time'), authorization });
      return vector(form.get('query')?.includes('istio_requests_total') ? [sample('3')] : []);
    }),
  );
  const { calls } = start({ window: { hours: 1 } });
  expect(await calls.of(mesh('prod'), 'sh"op', now)).toEqual({
    kind: 'counted',
    counts: [
      {
        namespace: 'shop',
        workload: 'web',
        service: 'api.example',
        serviceName: 'api.example',
        calls: 3,
      },
    ],
    since: '2026-11-24T11:00:00.000Z',
  });
  const labels =
    'source_workload, source_workload_namespace, destination_service, destination_service_name';
  const matchers =
    'reporter="source", source_workload_namespace="sh\\"op", destination_service!=""';
  const time = String(now.getTime() / 1000);
  expect(seen).toEqual(
    ['istio_requests_total', 'istio_tcp_connections_opened_total'].map(metric => ({
      query: `sum by (${labels}) (increase(${metric}{${matchers}}[3600s]))`,
      time,
      authorization: secret,
    })),
  );
});

test('asks for series with the configured labels only', async () => {
  const seen: (string | null)[] = [];
  server.use(
    http.post(endpoint, async ({ request }) => {
      seen.push(new URLSearchParams(await request.text()).get('query'));
      return vector([]);
    }),
  );
  await start({ labels: { source_cluster: 'eu"1' } }).calls.of(mesh('prod'), 'shop', now);
  expect(seen).toHaveLength(2);
  for (const query of seen)
    expect(query).toContain('{source_cluster="eu\\"1", reporter="source", ');
});

test('asks once a minute for a namespace of a snapshot', async () => {
  let asked = 0;
  server.use(
    http.post(endpoint, () => {
      asked += 1;
      return vector([]);
    }),
  );
  const { calls } = start();
  const later = new Date(now.getTime() + 59_000);
  await Promise.all([calls.of(mesh('prod'), 'shop', now), calls.of(mesh('prod'), 'shop', later)]);
  expect(asked).toBe(2);
  expect(calls.tag(later)).toBe(calls.tag(now));
  await calls.of(mesh('prod'), 'other', now);
  expect(asked).toBe(4);
  await calls.of(mesh('prod', 'two'), 'shop', now);
  expect(asked).toBe(6);
  const next = new Date(now.getTime() + 60_000);
  await calls.of(mesh('prod'), 'shop', next);
  expect(asked).toBe(8);
  expect(calls.tag(next)).not.toBe(calls.tag(now));
});

test('is off without a Prometheus for the source', async () => {
  const none = new ObservedCalls([], { warn: vi.fn() });
  expect(await none.of(mesh('prod'), 'shop', now)).toEqual({ kind: 'off' });
  expect(none.tag(now)).toBe('');
  server.use(http.post(endpoint, () => vector([])));
  const { calls } = start({ sources: ['prod'] });
  expect(await calls.of(mesh('production'), 'shop', now)).toEqual({ kind: 'off' });
  expect(await calls.of(mesh('prod/folder'), 'shop', now)).toMatchObject({ kind: 'counted' });
});

test('counts nothing in an empty answer', async () => {
  server.use(http.post(endpoint, () => vector([])));
  expect(await start().calls.of(mesh('prod'), 'shop', now)).toMatchObject({ counts: [] });
});

test('says that Prometheus is down', async () => {
  server.use(http.post(endpoint, () => HttpResponse.error()));
  expect(await failure(start())).toMatch(/^Prometheus cannot be reached/);
});

test('says that Prometheus refuses', async () => {
  server.use(http.post(endpoint, () => new HttpResponse('no', { status: 401 })));
  expect(await failure(start())).toBe('Prometheus answers 401');
});

test('does not wait for a Prometheus that is slow', async () => {
  server.use(
    http.post(endpoint, async () => {
      await delay('infinite');
      return vector([]);
    }),
  );
  expect(await failure(start({ timeout: { milliseconds: 100 } }))).toBe(
    'Prometheus has not answered within 0.1 s',
  );
});

test('does not wait for the end of an answer that has begun', async () => {
  const stalled = createServer((_, response) => response.writeHead(200).write('{"status":'));
  stalled.listen(0, '127.0.0.1');
  await once(stalled, 'listening');
  const { port } = stalled.address() as AddressInfo;
  server.use(http.post(`http://127.0.0.1:${port}/api/v1/query`, () => passthrough()));
  const slow = start({ url: `http://127.0.0.1:${port}`, timeout: { milliseconds: 200 } });
  expect(await failure(slow)).toBe('Prometheus has not answered within 0.2 s');
  stalled.closeAllConnections();
  stalled.close();
});

test('takes its headers nowhere else', async () => {
  const elsewhere = vi.fn(() => vector([]));
  server.use(
    http.post(endpoint, () => HttpResponse.redirect('https://elsewhere.example/', 307)),
    http.post('https://elsewhere.example/', elsewhere),
  );
  expect(await failure(start())).toMatch(/^Prometheus cannot be reached/);
  expect(elsewhere).not.toHaveBeenCalled();
});

test('does not read an answer that is too large', async () => {
  server.use(http.post(endpoint, () => new HttpResponse(' '.repeat(answerLimit + 1))));
  expect(await failure(start())).toBe('the answer of Prometheus is larger than 4 MiB');
});

test.each([
  ['<html>', 'is not JSON'],
  ['{"status":"error","error":"x"}', 'is not an instant vector'],
  ['{"status":"success","data":{"resultType":"matrix","result":[]}}', 'is not an instant vector'],
  [
    JSON.stringify({
      status: 'success',
      data: { resultType: 'vector', result: [sample('many')] },
    }),
    'holds a count that is no number',
  ],
])('refuses an answer that is malformed: %s', async (text, message) => {
  server.use(http.post(endpoint, () => new HttpResponse(text)));
  expect(await failure(start())).toBe(`the answer of Prometheus ${message}`);
});
