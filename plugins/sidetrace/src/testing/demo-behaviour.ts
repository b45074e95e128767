import { demoRoutes } from './demo-backend';

/** How the backend behaves for a page; paths that are not named answer for the demo mesh, `*` is every path. */
export type Behaviour = Readonly<
  Record<string, { readonly status: number; readonly body: object } | 'never'>
>;

const routes = demoRoutes();

/** What the demo backend answers for a path. */
export const demoAnswer = (path: string): object =>
  routes.get(path)?.(new URLSearchParams(), undefined) ?? {};

export interface DemoRequest {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/** The demo backend's answer with this behaviour; `never` when it leaves the request open. */
export function answerOf(
  behaviour: Behaviour,
  { path, query, body }: DemoRequest,
): { readonly status: number; readonly body: object } | 'never' {
  const special = behaviour[path] ?? behaviour['*'];
  if (special !== undefined) return special;
  const answer = routes.get(path)?.(query, body);
  return answer === undefined
    ? { status: 404, body: { error: { name: 'NotFoundError', message: 'no such path' } } }
    : { status: 200, body: answer };
}
