import type { BrowserContext } from 'playwright-core';
import { answerOf, type Behaviour } from '../../plugins/sidetrace/src/testing/demo-behaviour';

const bodyOf = (text: string | null): unknown => (text === null ? undefined : JSON.parse(text));

/** Answers the plugin's requests for the small demo mesh, so that every state can be shown. */
export async function answerForDemo(context: BrowserContext, behaviour: Behaviour = {}) {
  await context.route('**/api/sidetrace/**', async route => {
    const request = route.request();
    const { pathname, searchParams: query } = new URL(request.url());
    const path = pathname.replace('/api/sidetrace', '');
    const answer = answerOf(behaviour, { path, query, body: bodyOf(request.postData()) });
    // the request stays open until the page is closed
    if (answer === 'never') return;
    await route.fulfill({ status: answer.status, json: answer.body });
  });
}
