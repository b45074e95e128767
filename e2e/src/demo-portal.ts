import type { BrowserContext } from 'playwright-core';
import { demoRoutes } from '../../plugins/sidetrace/src/testing/demo-backend';

const routes = demoRoutes();

/** How the Sidetrace backend behaves for a page; paths that are not named answer for the demo mesh. */
export type Behaviour = Readonly<
  Record<string, { readonly status: number; readonly body: object } | 'never'>
>;

/** What the demo backend answers for a path. */
export const demoAnswer = (path: string): object =>
  routes.get(path)?.(new URLSearchParams(), undefined) ?? {};

const bodyOf = (text: string | null): unknown => (text === null ? undefined : JSON.parse(text));

/** Answers the plugin's requests for the small demo mesh, so that every state can be shown. */
export async function answerForDemo(context: BrowserContext, behaviour: Behaviour = {}) {
  await context.route('**/api/sidetrace/**', async route => {
    const request = route.request();
    const { pathname, searchParams } = new URL(request.url());
    const path = pathname.replace('/api/sidetrace', '');
    const special = behaviour[path] ?? behaviour['*'];
    // the request stays open until the page is closed
    if (special === 'never') return;
    if (special !== undefined) {
      await route.fulfill({ status: special.status, json: special.body });
      return;
    }
    const answer = routes.get(path);
    const json = answer?.(searchParams, bodyOf(request.postData()));
    await route.fulfill(
      json === undefined ? { status: 404, json: { error: { name: 'NotFoundError' } } } : { json },
    );
  });
}
