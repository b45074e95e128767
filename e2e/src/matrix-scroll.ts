// Measures frames per second while the access matrix (2,000 x 300 cells) is scrolled in headless Chromium.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium, type Page } from 'playwright-core';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const plugin = join(root, 'plugins/sidetrace');

async function pageSource(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(plugin, 'dev/matrix-bench.tsx')],
    outdir: '/out',
    bundle: true,
    minify: true,
    write: false,
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const text = (ending: string) =>
    outputFiles.filter(({ path }) => path.endsWith(ending)).map(file => file.text);
  const kit = createRequire(join(plugin, 'package.json')).resolve('@backstage/ui/css/styles.css');
  const styles = [readFileSync(kit, 'utf8'), ...text('.css')].join('\n');
  const script = text('.js').join('\n').replaceAll('</script', '<\\/script');
  return `<!doctype html><style>${styles}</style><div id="root"></div><script>${script}</script>`;
}

/** Scrolls by so many pixels in each frame, for so many frames, and returns how long each frame took. */
function scrolled(page: Page, step: { readonly x: number; readonly y: number }, frames: number) {
  return page.evaluate(
    ({ x, y, count }) =>
      new Promise<readonly number[]>(done => {
        const grid = document.querySelector('[role=grid]');
        const times: number[] = [];
        let before = performance.now();
        const frame = (now: number) => {
          times.push(now - before);
          before = now;
          grid?.scrollBy(x, y);
          if (times.length < count) requestAnimationFrame(frame);
          else done(times.slice(1));
        };
        requestAnimationFrame(frame);
      }),
    { ...step, count: frames },
  );
}

function report(name: string, times: readonly number[]) {
  const sorted = [...times].sort((a, b) => a - b);
  const total = times.reduce((sum, time) => sum + time, 0);
  const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
  const fps = (times.length / total) * 1000;
  process.stdout.write(
    `${name}: ${fps.toFixed(1)} frames per second, p95 ${p95.toFixed(1)} ms a frame\n`,
  );
}

async function main() {
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
    await page.setContent(await pageSource());
    await page.getByRole('grid').waitFor();
    await scrolled(page, { x: 0, y: 40 }, 60);
    report('down, 40 px a frame', await scrolled(page, { x: 0, y: 40 }, 300));
    report('across, 20 px a frame', await scrolled(page, { x: 20, y: 0 }, 300));
    report('both ways, 30 px a frame', await scrolled(page, { x: -20, y: 30 }, 300));
  } finally {
    await browser.close();
  }
}

void main();
