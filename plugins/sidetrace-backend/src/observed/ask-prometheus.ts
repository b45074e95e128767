import { z } from 'zod';
import { isTimeout, withinTime } from '../sources/within-time';
import type { CallCount } from './call-count';
import type { PrometheusConfig } from './observed-config';

/** Largest answer that is read, in bytes: some ten thousand pairs of workload and host. */
export const answerLimit = 4 * 1024 * 1024;

/** Why calls could not be counted: for people, without addresses and headers. */
export class CountError extends Error {
  override readonly name = 'CountError';
}

/** An instant vector, as https://prometheus.io/docs/prometheus/latest/querying/api/ has it. */
const answerSchema = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('vector'),
    result: z.array(
      z.object({
        metric: z.object({
          source_workload: z.string().default(''),
          source_workload_namespace: z.string().default(''),
          destination_service: z.string().default(''),
          destination_service_name: z.string().default(''),
        }),
        value: z.tuple([z.number(), z.string()]),
      }),
    ),
  }),
});

/** Counters of Istio's sidecars: HTTP requests, and connections of everything else. */
const metrics = ['istio_requests_total', 'istio_tcp_connections_opened_total'] as const;

const labels =
  'source_workload, source_workload_namespace, destination_service, destination_service_name';

/** What the sidecars of a namespace counted. JSON's escapes are those of PromQL's strings. */
function queryFor(metric: string, namespace: string, server: PrometheusConfig): string {
  const equal = { ...server.labels, reporter: 'source', source_workload_namespace: namespace };
  const matchers = Object.entries(equal).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const series = `${metric}{${[...matchers, 'destination_service!=""'].join(', ')}}`;
  return `sum by (${labels}) (increase(${series}[${Math.round(server.window / 1000)}s]))`;
}

/** Leaves the rest of an answer that is too large unread: whoever asked ends the request. */
async function textOf({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  const reader = body?.getReader();
  let [text, size] = ['', 0];
  for (;;) {
    const { done = true, value } = (await reader?.read()) ?? {};
    if (done || value === undefined) return text + decoder.decode();
    size += value.byteLength;
    if (size > answerLimit) {
      throw new CountError(
        `the answer of Prometheus is larger than ${answerLimit / 1024 ** 2} MiB`,
      );
    }
    text += decoder.decode(value, { stream: true });
  }
}

function parse(text: string): readonly CallCount[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new CountError('the answer of Prometheus is not JSON');
  }
  const parsed = answerSchema.safeParse(json);
  if (!parsed.success) throw new CountError('the answer of Prometheus is not an instant vector');
  return parsed.data.data.result.map(({ metric, value }) => ({
    namespace: metric.source_workload_namespace,
    workload: metric.source_workload,
    service: metric.destination_service,
    serviceName: metric.destination_service_name,
    calls: countOf(value[1]),
  }));
}

function countOf(text: string): number {
  const calls = Number(text);
  if (text !== '' && Number.isFinite(calls) && calls >= 0) return calls;
  throw new CountError('the answer of Prometheus holds a count that is no number');
}

/** The error of `fetch` names the address, which is not for everyone: only its kind is told. */
function problemOf(error: unknown, { timeout }: PrometheusConfig): CountError {
  if (error instanceof CountError) return error;
  const { cause } = error instanceof Error ? error : new Error(String(error));
  if (isTimeout(error)) {
    return new CountError(`Prometheus has not answered within ${timeout / 1000} s`);
  }
  const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
  return new CountError(`Prometheus cannot be reached${code}`);
}

async function ask(
  server: PrometheusConfig,
  query: string,
  { time, signal }: { readonly time: Date; readonly signal: AbortSignal },
): Promise<readonly CallCount[]> {
  const response = await fetch(`${server.url.replace(/\/+$/, '')}/api/v1/query`, {
    method: 'POST',
    headers: server.headers,
    body: new URLSearchParams({
      query,
      time: String(time.getTime() / 1000),
      timeout: `${server.timeout}ms`,
    }),
    // a header that authenticates goes to the configured server and to no other
    redirect: 'error',
    signal,
  });
  if (!response.ok) throw new CountError(`Prometheus answers ${response.status}`);
  return parse(await textOf(response));
}

/** What the sidecars of a namespace counted until a time; throws a `CountError`. */
export async function askPrometheus(
  server: PrometheusConfig,
  namespace: string,
  time: Date,
): Promise<readonly CallCount[]> {
  const stop = new AbortController();
  try {
    const found = await withinTime(server.timeout, stop.signal, signal =>
      Promise.all(
        metrics.map(metric => ask(server, queryFor(metric, namespace, server), { time, signal })),
      ),
    );
    return found.flat();
  } catch (error) {
    throw problemOf(error, server);
  } finally {
    // answers that are not read to their end
    stop.abort();
  }
}
