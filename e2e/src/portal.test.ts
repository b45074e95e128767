import AxeBuilder from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type RunningPortal, startPortal } from './portal';

let portal: RunningPortal;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let problems: string[];

const entity = '/catalog/default/component/shop-web';

beforeAll(async () => {
  portal = await startPortal();
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
});

afterAll(async () => {
  await browser?.close();
  await portal?.stop();
});

beforeEach(async () => {
  context = await browser.newContext({ reducedMotion: 'reduce' });
  page = await context.newPage();
  problems = [];
  page.on('pageerror', error => problems.push(String(error)));
  page.on('console', message => {
    if (message.type() === 'error') problems.push(message.text());
  });
});

afterEach(async () => {
  await context.close();
  expect(problems, 'errors on the console').toEqual([]);
});

async function open(path: string) {
  await page.goto(`${portal.address}${path}`);
  await page.getByRole('button', { name: 'Enter' }).click();
}

/** axe on what the plugin draws: the portal around it is Backstage's. */
async function expectAccessible() {
  const axe = new AxeBuilder({ page }).include('[data-plugin=sidetrace]');
  const { violations } = await axe.analyze();
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  expect(serious).toEqual([]);
}

describe('the portal', () => {
  test('shows a guest the entity card with sidecar and outbound mode', async () => {
    await open(entity);
    await page.getByRole('heading', { name: 'Sidecar & external access' }).waitFor();
    await page.getByText('Injected', { exact: true }).waitFor();
    await page.getByText('REGISTRY_ONLY').first().waitFor();
    await page.getByRole('link', { name: 'Open details' }).click();
    await page.getByRole('heading', { name: 'Traffic paths' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`${entity}/sidetrace`);
  });

  test('traces a blocked call in the browser, step by step, and keeps it in the URL', async () => {
    await open(`${entity}/sidetrace`);
    await page.getByRole('textbox', { name: 'Address' }).fill('https://news.example');
    const region = page.locator('[aria-live=polite]');
    await region.getByText('Blocked by').waitFor();
    await region.getByRole('img', { name: /^Path of/ }).waitFor();
    await region.getByRole('button', { name: /^1\. / }).click();
    expect(new URL(page.url()).searchParams.get('call')).toBe('https://news.example');
    await expectAccessible();
  });

  test('shows the platform team the overview, the matrix and the findings', async () => {
    await open('/sidetrace');
    await page.getByText('examples/unregistered-host').waitFor();
    await expectAccessible();
    await page.getByRole('link', { name: 'Findings' }).click();
    await page.getByLabel('Filter findings').fill('nothing has this name');
    await page.getByText('No finding fits the filter.').waitFor();
    await page.getByRole('link', { name: 'Access matrix' }).click();
    await page.getByLabel('Filter hosts').waitFor();
    expect(new URL(page.url()).pathname).toBe('/sidetrace/matrix');
    await expectAccessible();
  });
});
