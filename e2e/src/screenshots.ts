// Pictures of every view and state into docs/screenshots: the built portal around the plugin, the plugin's answers from
// the demo mesh, so that each state can be shown. Run with `pnpm --filter e2e screenshots`.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import { launch, open, patienceMs, visit } from './browser';
import { answerForDemo, type Behaviour, demoAnswer } from './demo-portal';
import { type RunningPortal, startPortal } from './portal';

const folder = resolve(import.meta.dirname, '../../docs/screenshots');
const catalogEntity = '/catalog/default/component/web';
const tab = `${catalogEntity}/sidetrace`;
const api = '/entities/default/component/web/tab';
const error = (status: number, name: string, message: string) => ({
  status,
  body: { error: { name, message }, response: { statusCode: status } },
});

interface Shot {
  readonly name: string;
  readonly path: string;
  /** Text that is there when the view is. */
  readonly shows: string;
  readonly behaviour?: Behaviour;
  /** Part of the page; all of the plugin when not given. */
  readonly region?: string;
}

const stale = {
  id: 'prod',
  state: 'stale',
  reason: 'the API server refused the connection',
  readAt: '2026-11-24T06:00:00Z',
  workloads: 3,
  issues: [],
  issueCount: 0,
};

const shots: readonly Shot[] = [
  { name: 'entity-card', path: catalogEntity, shows: 'REGISTRY_ONLY' },
  { name: 'entity-tab', path: tab, shows: 'Traffic paths' },
  {
    name: 'entity-try-call',
    path: `${tab}?call=https://news.example`,
    shows: 'How to make it work',
    region: 'Simulations and findings',
  },
  { name: 'mesh-overview', path: '/sidetrace', shows: 'Newly opened hosts, last 7 days' },
  { name: 'mesh-matrix', path: '/sidetrace/matrix?by=owner', shows: 'Download' },
  {
    name: 'mesh-matrix-trace',
    path: '/sidetrace/matrix?cell=demo/shop/Deployment/web|api.payments.example|443|TLS',
    shows: 'Taken as given',
  },
  { name: 'mesh-findings', path: '/sidetrace/findings', shows: 'Download' },
  { name: 'mesh-bypasses', path: '/sidetrace/bypasses', shows: 'not-injected' },
  { name: 'mesh-what-if', path: '/sidetrace/what-if?mode=ALLOW_ANY', shows: 'Tried on demo' },
  {
    name: 'mesh-history',
    path: '/sidetrace/history?before=demo-1&after=demo-2',
    shows: 'Comparison',
  },
  { name: 'state-loading', path: tab, shows: 'Loading', behaviour: { [api]: 'never' } },
  {
    name: 'state-failed',
    path: tab,
    shows: 'Try again',
    behaviour: {
      [api]: error(503, 'ServiceUnavailableError', 'the store cannot be reached'),
    },
  },
  {
    name: 'state-forbidden',
    path: '/sidetrace/findings',
    shows: 'You are not allowed to see this',
    behaviour: {
      '*': error(403, 'NotAllowedError', 'the permission sidetrace.mesh.read is needed for this'),
    },
  },
  {
    name: 'state-no-annotation',
    path: tab,
    shows: 'This entity does not say which workload it is',
    behaviour: { [api]: { status: 200, body: { kind: 'no-annotation' } } },
  },
  {
    name: 'state-no-match',
    path: tab,
    shows: 'No workload fits the annotation',
    behaviour: {
      [api]: {
        status: 200,
        body: {
          kind: 'no-match',
          annotation: 'sidetrace.dev/workload',
          lookedFor: 'a workload web in namespace shop',
          sources: [{ ...stale, state: 'fresh' }],
        },
      },
    },
  },
  {
    name: 'state-stale',
    path: '/sidetrace',
    shows: 'Newly opened hosts, last 7 days',
    behaviour: {
      '/mesh/overview': {
        status: 200,
        body: { ...demoAnswer('/mesh/overview'), sources: [stale] },
      },
    },
  },
];

let portal: RunningPortal;
let browser: Browser;

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  portal = await startPortal(join(import.meta.dirname, '../catalog.yaml'));
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await portal?.stop();
});

/** Height of the picture: the plugin's own part, but not endless. */
async function fitHeight(page: Page, width: number) {
  const bottom = await page.evaluate(() => {
    const parts = [...document.querySelectorAll('[data-plugin=sidetrace]')];
    return Math.max(600, ...parts.map(part => part.getBoundingClientRect().bottom + scrollY));
  });
  await page.setViewportSize({ width, height: Math.min(Math.ceil(bottom) + 40, 1150) });
}

const looks = [
  { suffix: '', width: 1280, colorScheme: 'light' },
  { suffix: '-dark', width: 1280, colorScheme: 'dark' },
  { suffix: '-phone', width: 360, colorScheme: 'light' },
] as const;

for (const { suffix, width, colorScheme } of looks) {
  test.each(shots)(`$name${suffix}`, async ({ name, path, shows, behaviour, region }) => {
    const { context, page } = await visit(browser, {
      colorScheme,
      viewport: { width, height: 900 },
    });
    await answerForDemo(context, behaviour);
    await open(page, portal.address, path);
    await page.getByText(shows).first().waitFor({ state: 'attached', timeout: patienceMs });
    await fitHeight(page, width);
    if (region !== undefined) {
      await page.getByRole('region', { name: region }).first().scrollIntoViewIfNeeded();
      await page
        .getByRole('textbox', { name: 'Address' })
        .evaluate(item => item.scrollIntoView({ block: 'start' }));
    }
    await page.screenshot({ path: join(folder, `${name}${suffix}.png`), animations: 'disabled' });
    await context.close();
  });
}
