import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { expectAccessible, launch, open, patienceMs, type Visit, visit } from './browser';
import { type RunningPortal, startPortal } from './portal';

let portal: RunningPortal;
let browser: Browser;
let visitor: Visit;

const entity = '/catalog/default/component/shop-web';
const foreignEntity = '/catalog/default/component/ledger';

beforeAll(async () => {
  portal = await startPortal();
  browser = await launch();
});

afterAll(async () => {
  await browser?.close();
  await portal?.stop();
});

beforeEach(async () => {
  visitor = await visit(browser);
});

afterEach(async () => {
  await visitor.context.close();
});

const go = (path: string) => open(visitor.page, portal.address, path);
/** The next sign-in of this visitor is one as the developer, whom the demo's policy lets see only the own service. */
const becomeDeveloper = () =>
  visitor.context.request.get(`${portal.address}/api/demo/as/developer`);
/** Presses Tab until the element has the focus, as somebody without a mouse does. */
async function tabTo(target: Locator, what: string) {
  const isThere = () => target.evaluate(element => element === document.activeElement);
  for (let presses = 0; presses < 120 && !(await isThere()); presses += 1) {
    await visitor.page.keyboard.press('Tab');
  }
  expect(await isThere(), `${what} is reached with the Tab key`).toBe(true);
}
const noProblems = () => expect(visitor.problems, 'errors on the console').toEqual([]);

describe('a developer', () => {
  test('finds out why a host is blocked, takes the fix into what-if and sees it allowed', async () => {
    const { page } = visitor;
    await go(entity);
    await page.getByRole('heading', { name: 'Sidecar & external access' }).waitFor();
    await page.getByText('REGISTRY_ONLY').first().waitFor();
    await page.getByRole('link', { name: 'Open details' }).click();
    await page.getByRole('heading', { name: 'Traffic paths' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`${entity}/sidetrace`);
    await page.getByRole('textbox', { name: 'Address' }).fill('https://news.example');
    const fixes = page.getByRole('region', { name: 'How to make it work' });
    await fixes.getByRole('button', { name: 'Apply in what-if' }).first().click();
    const row = page
      .getByRole('region', { name: 'What if' })
      .getByRole('row', { name: /news\.example/ });
    await row.getByText('newly open').waitFor();
    await row.getByText('allowed').waitFor();
    expect(new URL(page.url()).searchParams.get('call')).toBe('https://news.example');
    await expectAccessible(page, 'tab with a tried call and what-if');
    noProblems();
  });

  test('does all of it by keyboard', async () => {
    const { page } = visitor;
    await go(`${entity}/sidetrace`);
    await page.getByRole('heading', { name: 'Traffic paths' }).waitFor();
    await tabTo(page.getByRole('textbox', { name: 'Address' }), 'the address');
    await page.keyboard.type('https://news.example');
    const apply = page.getByRole('button', { name: 'Apply in what-if' }).first();
    await apply.waitFor();
    await tabTo(apply, 'the fix');
    await page.keyboard.press('Enter');
    await page
      .getByRole('region', { name: 'What if' })
      .getByRole('row', { name: /news\.example/ })
      .getByText('allowed')
      .waitFor();
  });
});

describe('a platform engineer', () => {
  test('tries REGISTRY_ONLY and downloads the list of what breaks', async () => {
    const { page } = visitor;
    await go('/sidetrace/what-if?mode=REGISTRY_ONLY');
    await page
      .getByRole('button', { name: /newly blocked$/ })
      .or(page.getByRole('radio', { name: /newly blocked$/ }))
      .first()
      .waitFor();
    const broken = page.getByRole('row').filter({ hasText: 'newly blocked' }).first();
    await broken.getByText('blocked', { exact: true }).waitFor();
    await expectAccessible(page, 'what-if of the mesh with its changes');
    await page.getByRole('button', { name: 'Download' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.csv$/);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk));
    expect(Buffer.concat(chunks).toString()).toMatch(/closed/);
    noProblems();
  });

  test('opens a cell of the matrix by keyboard and gets its trace', async () => {
    const { page } = visitor;
    await go('/sidetrace/matrix');
    const grid = page.getByRole('grid', { name: 'Workloads by external host' });
    await grid.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByText(/^because of /).waitFor();
    await expectAccessible(page, 'matrix with the trace of a cell');
    expect(new URL(page.url()).searchParams.get('cell')).toMatch(/\|/);
    noProblems();
  });
});

describe('an auditor', () => {
  test('compares two snapshots and sees what was opened', async () => {
    const { page } = visitor;
    await go('/sidetrace');
    const entry = `---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: news, namespace: shop }
spec:
  hosts: [news.example]
  location: MESH_EXTERNAL
  resolution: DNS
  ports: [{ name: tls, number: 443, protocol: TLS }]
`;
    await appendFile(join(portal.meshes, 'unregistered-host/mesh.yaml'), entry);
    await page.getByRole('button', { name: 'Read sources now' }).click();
    await vi.waitFor(
      async () => {
        await page.goto(`${portal.address}/sidetrace/history?source=examples%2Funregistered-host`);
        await page
          .getByRole('button', { name: /with the one before$/ })
          .first()
          .click({ timeout: 10_000 });
      },
      { timeout: 3 * patienceMs, interval: 1000 },
    );
    await page.getByRole('heading', { name: 'Comparison' }).waitFor();
    const opened = page.getByRole('row', { name: /news\.example/ }).first();
    await opened.getByText('newly open').waitFor();
    await opened.getByText('allowed').waitFor();
    await expectAccessible(page, 'history with a comparison');
  });

  test('sees on the page of an external host which components depend on it', async () => {
    const { page } = visitor;
    await go(entity);
    const host = page.getByRole('link', { name: 'api.payments.example', exact: true });
    // the catalog asks for external hosts some time after the start
    await vi.waitFor(
      async () => {
        await page.goto(`${portal.address}${entity}`);
        await host.first().click({ timeout: 10_000 });
      },
      { timeout: 3 * patienceMs, interval: 1000 },
    );
    await page.getByRole('heading', { name: 'api.payments.example' }).waitFor();
    await page.getByRole('heading', { name: 'Relations' }).waitFor();
    await page.getByText('A host that is not in the registry').first().waitFor();
  });
});

describe('when something is not as it should be', () => {
  test('a developer sees the own service, and is told which permission the mesh needs', async () => {
    const { page } = visitor;
    await becomeDeveloper();
    await go(`${entity}/sidetrace`);
    await page.getByRole('heading', { name: 'Traffic paths' }).waitFor();
    await page.goto(`${portal.address}/sidetrace/findings`);
    await page.getByText('You are not allowed to see this').waitFor();
    await page.getByText(/sidetrace\.mesh\.read/).waitFor();
    await expectAccessible(page, 'forbidden');
  });

  test('a developer may not see the service of another team', async () => {
    const { page } = visitor;
    await becomeDeveloper();
    await go(`${foreignEntity}/sidetrace`);
    await page.getByText('You are not allowed to see this').waitFor();
    await page.getByText(/sidetrace\.entity\.read/).waitFor();
  });

  test('a source that is gone leaves its last snapshot, marked as stale', async () => {
    const { page } = visitor;
    await rm(join(portal.meshes, 'wildcard-hosts'), { recursive: true });
    await go('/sidetrace');
    await page.getByRole('button', { name: 'Read sources now' }).click();
    await vi.waitFor(
      async () => {
        await page.goto(`${portal.address}/sidetrace`);
        await page
          .getByText('Source alone could not be read; an older snapshot is shown')
          .waitFor({ timeout: 10_000 });
      },
      { timeout: 3 * patienceMs, interval: 1000 },
    );
    await expectAccessible(page, 'stale');
  });
});

const views = [
  { path: `${entity}/sidetrace`, shows: 'Traffic paths' },
  { path: '/sidetrace', shows: 'Newly opened hosts, last 7 days' },
  { path: '/sidetrace/matrix', shows: 'Download' },
  { path: '/sidetrace/findings', shows: 'Download' },
  { path: '/sidetrace/bypasses', shows: 'Download' },
  { path: '/sidetrace/what-if?mode=ALLOW_ANY', shows: 'Download' },
  { path: '/sidetrace/history', shows: 'Compare' },
] as const;

describe.each(['light', 'dark'] as const)('in %s', colorScheme => {
  test.each(views)('axe finds nothing on $path', async ({ path, shows }) => {
    const own = await visit(browser, { colorScheme });
    await open(own.page, portal.address, path);
    await own.page.getByText(shows, { exact: true }).first().waitFor();
    await expectAccessible(own.page, path);
    expect(own.problems, 'errors on the console').toEqual([]);
    await own.context.close();
  });
});
