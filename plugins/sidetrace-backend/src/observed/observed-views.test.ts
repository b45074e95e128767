import { HttpResponse, http, passthrough } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sample, vector } from '../testing/prometheus';
import { newsEntry, shopEntities, shopMesh } from '../testing/shop-mesh';
import { type RunningPlugin, startPlugin } from '../testing/start-plugin';
import { testDatabases } from '../testing/test-databases';

const tab = '/entities/default/component/web/tab';
const cell = `/mesh/trace?${new URLSearchParams({
  workload: 'files/shop/Deployment/web',
  host: 'news.example',
  port: '443',
  protocol: 'TLS',
})}`;

const server = setupServer(
  http.post('https://up.example/api/v1/query', async ({ request }) => {
    const tcp = (await request.text()).includes('istio_tcp_connections_opened_total');
    return vector(tcp ? [sample('12', 'news.example')] : []);
  }),
  http.post('https://down.example/api/v1/query', () => HttpResponse.error()),
  http.all(/127\.0\.0\.1|localhost/, () => passthrough()),
);
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
const running: RunningPlugin[] = [];
afterAll(async () => {
  await Promise.all(running.map(plugin => plugin.stop()));
  server.close();
});

const [sqlite] = testDatabases();
async function start(config: object): Promise<RunningPlugin> {
  if (sqlite === undefined) throw new Error('there is no database');
  const plugin = await startPlugin({
    manifests: shopMesh('REGISTRY_ONLY', newsEntry),
    entities: shopEntities,
    knex: await sqlite.connect(),
    config,
  });
  running.push(plugin);
  return plugin;
}
/** The row of the registered host on the tab and in the cell, and the sources of both. */
async function answers({ get }: RunningPlugin) {
  const [{ body: onTab }, { body: inCell }] = [await get(tab), await get(cell)];
  const isNews = ({ host }: { host: string }) => host === 'news.example';
  const rows = [onTab.access.find(isNews), inCell.row];
  expect(rows.map(({ verdict }) => verdict)).toEqual(['allowed', 'allowed']);
  return {
    calls: rows.map(({ observed }) => observed?.calls),
    uncounted: [onTab.source.uncounted, inCell.source.uncounted],
    others: onTab.access.filter((row: { host: string }) => !isNews(row)),
  };
}

test('the tab and the cell say how many calls were made', async () => {
  const plugin = await start({ observed: { prometheus: { url: 'https://up.example' } } });
  const { calls, uncounted, others } = await answers(plugin);
  expect(calls).toEqual([12, 12]);
  expect(uncounted).toEqual([undefined, undefined]);
  expect(others.filter((row: object) => 'observed' in row)).toEqual([]);
}, 120_000);

test('a Prometheus that is down costs the counts and nothing else', async () => {
  const plugin = await start({ observed: { prometheus: [{ url: 'https://down.example' }] } });
  const { calls, uncounted } = await answers(plugin);
  expect(calls).toEqual([undefined, undefined]);
  expect(uncounted[0]).toMatch(/^Prometheus cannot be reached/);
  expect(uncounted[1]).toBe(uncounted[0]);
}, 120_000);

test('without the configuration nothing is shown of it', async () => {
  const { calls, uncounted } = await answers(await start({}));
  expect(calls).toEqual([undefined, undefined]);
  expect(uncounted).toEqual([undefined, undefined]);
}, 120_000);
