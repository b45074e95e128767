// Pictures of every view and state into docs/screenshots: the built portal around the plugin, the plugin's answers from
// the demo mesh, so that each state can be shown. Run with `pnpm --filter e2e screenshots`; SCREENSHOTS is another folder.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import type { Behaviour } from '../../plugins/sidetrace/src/testing/demo-behaviour';
import { demoStates } from '../../plugins/sidetrace/src/testing/demo-states';
import { germanText } from '../../plugins/sidetrace/src/testing/german-text';
import { launch, open, patienceMs, visit } from './browser';
import { answerForDemo } from './demo-portal';
import { type RunningPortal, startPortal } from './portal';

const folder = resolve(import.meta.dirname, process.env.SCREENSHOTS ?? '../../docs/screenshots');
const catalogEntity = '/catalog/default/component/web';
const tab = `${catalogEntity}/sidetrace`;
const roots = { card: catalogEntity, tab, page: '/sidetrace' } as const;

interface Shot {
  readonly name: string;
  readonly path: string;
  /** Text that is there when the view is. */
  readonly shows: string;
  readonly behaviour?: Behaviour;
  /** Part of the page; all of the plugin when not given. */
  readonly region?: string;
}

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
  { name: 'mesh-what-if', path: '/sidetrace/what-if?mode=ALLOW_ANY', shows: 'newly open' },
  {
    name: 'mesh-history',
    path: '/sidetrace/history?before=demo-1&after=demo-2',
    shows: 'Comparison',
  },
  ...demoStates.map(({ name, view, at = '', shows, behaviour }) => ({
    name: `state-${name}`,
    path: `${roots[view]}${at}`,
    shows,
    ...(behaviour === undefined ? {} : { behaviour }),
    ...(at.startsWith('?call=') ? { region: 'Simulations and findings' } : {}),
  })),
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
  { suffix: '', width: 1280, colorScheme: 'light', language: 'en' },
  { suffix: '-dark', width: 1280, colorScheme: 'dark', language: 'en' },
  { suffix: '-phone', width: 360, colorScheme: 'light', language: 'en' },
  { suffix: '-german', width: 1280, colorScheme: 'light', language: 'de' },
  { suffix: '-german-phone', width: 360, colorScheme: 'dark', language: 'de' },
] as const;
type Language = (typeof looks)[number]['language'];

/** A text of the plugin in a language; literals are the same in each. */
const inLanguage = (text: string, language: Language) =>
  language === 'de' ? germanText(text) : text;

/** In German the views; a state differs by no more than its sentence. */
const shotsIn = (language: Language) =>
  language === 'en' ? shots : shots.filter(({ name }) => !name.startsWith('state-'));

for (const { suffix, width, colorScheme, language } of looks) {
  test.each(shotsIn(language))(
    `$name${suffix}`,
    async ({ name, path, shows, behaviour, region }) => {
      const { context, page } = await visit(browser, {
        colorScheme,
        viewport: { width, height: 900 },
      });
      await context.addInitScript(value => localStorage.setItem('language', value), language);
      const say = (text: string) => inLanguage(text, language);
      await answerForDemo(context, behaviour);
      await open(page, portal.address, path);
      await page.getByText(say(shows)).first().waitFor({ state: 'attached', timeout: patienceMs });
      await fitHeight(page, width);
      if (region !== undefined) {
        await page
          .getByRole('region', { name: say(region) })
          .first()
          .scrollIntoViewIfNeeded();
        await page
          .getByRole('textbox', { name: say('Address') })
          .evaluate(item => item.scrollIntoView({ block: 'start' }));
      }
      if (path === catalogEntity) {
        const card = page.locator('[data-plugin=sidetrace]');
        await card.first().evaluate(item => item.scrollIntoView({ block: 'center' }));
      }
      await page.screenshot({ path: join(folder, `${name}${suffix}.png`), animations: 'disabled' });
      await context.close();
    },
  );
}
