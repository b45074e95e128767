import { SidetraceClient } from '@sidetrace/backstage-plugin-sidetrace-common';
import { answerOf, type Behaviour } from '../../src/testing/demo-behaviour';

const base = 'http://backend.test/api/sidetrace';

const bodyOf = (body: unknown): unknown =>
  typeof body === 'string' ? JSON.parse(body) : undefined;

/** A client whose backend is in the browser: it behaves as asked for the demo mesh. */
export function demoClient(behaviour: () => Behaviour): SidetraceClient {
  const answer: typeof fetch = async (input, init) => {
    const { pathname, searchParams } = new URL(String(input));
    const path = pathname.replace('/api/sidetrace', '');
    const answered = answerOf(behaviour(), { path, query: searchParams, body: bodyOf(init?.body) });
    if (answered === 'never') return new Promise<Response>(() => undefined);
    return Response.json(answered.body, { status: answered.status });
  };
  return new SidetraceClient({
    discoveryApi: { getBaseUrl: async () => base },
    fetchApi: { fetch: answer },
  });
}
