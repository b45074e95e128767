// Measures how long the entity's tab takes from its own request to its first useful paint, and how much moves then.
import type { Page } from 'playwright-core';
import { launch, open, visit } from './browser';
import { startPortal } from './portal';

const tab = '/catalog/default/component/shop-web/sidetrace';

/** Layout shifts so far, without those that follow an input, as in Cumulative Layout Shift. */
const shifts = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>(done => {
        let sum = 0;
        new PerformanceObserver(list => {
          for (const entry of list.getEntries()) {
            if ('value' in entry && 'hadRecentInput' in entry && entry.hadRecentInput !== true) {
              sum += Number(entry.value);
            }
          }
        }).observe({ type: 'layout-shift', buffered: true });
        // buffered entries are delivered in a task of their own
        setTimeout(() => done(sum), 500);
      }),
  );

async function main() {
  const portal = await startPortal();
  const browser = await launch();
  try {
    const { page } = await visit(browser, { viewport: { width: 1400, height: 1000 } });
    await open(page, portal.address, tab);
    const ready = page.getByRole('heading', { name: 'Traffic paths' });
    await ready.waitFor();
    for (let run = 1; run <= 5; run += 1) {
      await page.goto(`${portal.address}/catalog/default/component/shop-web`);
      const link = page.getByRole('link', { name: 'Sidecar', exact: true });
      await link.waitFor();
      const started = Date.now();
      await link.click();
      await ready.waitFor();
      const switched = Date.now() - started;
      await page.goto(`${portal.address}${tab}`);
      await ready.waitFor();
      const cls = await shifts(page);
      process.stdout.write(
        `tab after ${switched} ms, layout shift of a fresh load ${cls.toFixed(3)}\n`,
      );
    }
  } finally {
    await browser.close();
    await portal.stop();
  }
}

void main();
