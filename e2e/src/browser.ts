import AxeBuilder from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';

/** How long a step may take on a busy machine. */
export const patienceMs = 60_000;

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });

export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors on the console and in scripts. */
  readonly problems: readonly string[];
}

/** A new visitor. */
export async function visit(
  browser: Browser,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Visit> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  const problems: string[] = [];
  page.on('pageerror', error => problems.push(String(error)));
  page.on('console', message => {
    if (message.type() === 'error') problems.push(message.text());
  });
  return { context, page, problems };
}

/** Opens a page of the portal as a guest. */
export async function open(page: Page, address: string, path: string) {
  await page.goto(`${address}${path}`);
  await page.getByRole('button', { name: 'Enter' }).click();
}

/** axe on what the plugin draws: the portal around it is Backstage's. */
export async function expectAccessible(page: Page, where: string) {
  const axe = new AxeBuilder({ page }).include('[data-plugin=sidetrace]');
  const { violations } = await axe.analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 300)).join(' | ')}`,
  );
  expect(found, where).toEqual([]);
}
