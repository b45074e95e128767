import { HttpResponse, http, type RequestHandler } from 'msw';
import { demoRoutes } from './demo-backend';

/** Where the plugin's client looks for the backend in tests. */
export const backendUrl = 'http://backend.test/api/sidetrace';

/** The backend of the demo mesh for msw. */
export function demoHandlers(): readonly RequestHandler[] {
  const routes = demoRoutes();
  return [
    http.all(`${backendUrl}/*`, async ({ request }) => {
      const { pathname, searchParams } = new URL(request.url);
      const answer = routes.get(pathname.replace('/api/sidetrace', ''));
      const body: unknown = request.method === 'POST' ? await request.json() : undefined;
      return answer === undefined
        ? new HttpResponse(null, { status: 404 })
        : HttpResponse.json(answer(searchParams, body));
    }),
  ];
}
