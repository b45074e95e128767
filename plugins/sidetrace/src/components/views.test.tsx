import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { EntitySidetraceCard, EntitySidetraceContent, SidetracePage } from '../plugin';
import { backendUrl, demoHandlers } from '../testing/msw-routes';
import { show } from '../testing/show';
import { SidetraceCard } from './card/SidetraceCard';
import { MeshPage } from './mesh/MeshPage';
import { EntityTab } from './tab/EntityTab';

const server = setupServer(...demoHandlers());
beforeAll(() => server.listen({ onUnhandledRequest: 'bypass' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const patience = { timeout: 30_000 };
const find = (text: string | RegExp) => screen.findByText(text, undefined, patience);
const button = (name: string | RegExp) => screen.findByRole('button', { name }, patience);

const refuse = (path: string, status: number, name: string, message: string) =>
  server.use(
    http.get(`${backendUrl}${path}`, () =>
      HttpResponse.json({ error: { name, message }, response: { statusCode: status } }, { status }),
    ),
  );
const answer = (path: string, body: object) =>
  server.use(http.get(`${backendUrl}${path}`, () => HttpResponse.json(body)));
const tab = '/entities/default/component/web/tab';

describe('the tab', () => {
  test('finds out why a host is blocked, takes the fix into what-if and sees it allowed', async () => {
    await show(<EntityTab />, '/x?call=https://news.example');
    const fixes = await screen.findByRole('region', { name: 'How to make it work' }, patience);
    expect(fixes).toHaveTextContent('Register news.example:443 with a ServiceEntry');
    const [apply] = within(fixes).getAllByRole('button', { name: 'Apply in what-if' });
    if (apply === undefined) throw new Error('no fix is offered');
    await userEvent.click(apply);
    const whatIf = screen.getByRole('region', { name: 'What if' });
    expect(
      await within(whatIf).findByText(/answers? changes?,/, undefined, patience),
    ).toBeVisible();
    const row = within(whatIf).getByRole('row', { name: /news\.example/ });
    expect(within(row).getByText('newly open')).toBeVisible();
    expect(within(row).getByText('allowed')).toBeVisible();
    await userEvent.click(within(whatIf).getByRole('button', { name: /^Count changes/ }));
    await find('2 answers of other workloads change as well.');
  });

  test('an address that is not complete is no call', async () => {
    await show(<EntityTab />, '/x?call=gopher://a');
    await find('Write a URL such as https://api.example.com, or host:port.');
    expect(screen.queryByText('How to make it work')).toBeNull();
  });

  test('selecting a step in the list marks it in the drawing, and the other way round', async () => {
    await show(<EntityTab />);
    const [drawing] = await screen.findAllByRole('img', { name: /^Path of/ }, patience);
    const [first] = await screen.findAllByRole('button', { name: /^1\. / });
    if (drawing === undefined || first === undefined) throw new Error('nothing is drawn');
    await userEvent.click(first);
    expect(first).toHaveAttribute('aria-expanded', 'true');
    // the first place is who calls
    const node = drawing.querySelectorAll('g[transform]')[2];
    if (node === undefined) throw new Error('the drawing has no second step');
    await userEvent.click(node);
    const [second] = await screen.findAllByRole('button', { name: /^2\. / });
    await waitFor(() => expect(second).toHaveAttribute('aria-expanded', 'true'), patience);
  });

  test('without an annotation it says which one to add', async () => {
    answer(tab, { kind: 'no-annotation' });
    await show(<EntityTab />);
    await find('This entity does not say which workload it is');
    expect(screen.getByText(/sidetrace.dev\/workload: namespace\/deployment/)).toBeVisible();
  });

  test('an annotation that nothing fits says what was looked for', async () => {
    answer(tab, { kind: 'no-match', annotation: 'x', lookedFor: 'shop/nothing', sources: [] });
    await show(<EntityTab />);
    await find('Looked for shop/nothing.');
  });

  test('a backend that fails says why, and is asked again', async () => {
    refuse(tab, 503, 'ServiceUnavailableError', 'the store is not there');
    await show(<EntityTab />);
    await find(/the store is not there/);
    server.resetHandlers();
    await userEvent.click(await button('Try again'));
    await find('Traffic paths');
  });

  test('who may not see it is told which permission is needed', async () => {
    const message = 'the permission sidetrace.entity.read is needed for this';
    refuse(tab, 403, 'NotAllowedError', message);
    await show(<EntityTab />);
    await find('You are not allowed to see this');
    expect(screen.getByText(/sidetrace\.entity\.read/)).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });
});

describe('the card', () => {
  test('says what holds and who decided it', async () => {
    await show(<SidetraceCard />);
    await find('REGISTRY_ONLY');
    expect(screen.getByText('1 declared but blocked')).toBeVisible();
  });

  test('a stale source is named with its reason', async () => {
    const source = { id: 'prod', state: 'stale', reason: 'connection refused', workloads: 0 };
    answer('/entities/default/component/web/card', {
      kind: 'workloads',
      cards: [],
      sources: [{ ...source, issues: [], issueCount: 0, readAt: '2026-11-24T08:00:00Z' }],
    });
    await show(<SidetraceCard />);
    await find('Source prod could not be read; an older snapshot is shown');
    expect(screen.getByText(/connection refused/)).toBeVisible();
  });
});

describe('the page', () => {
  test('a cell of the matrix opens its trace by keyboard', async () => {
    await show(<MeshPage />, '/x/matrix');
    const grid = await screen.findByRole('grid', { name: 'Workloads by external host' }, patience);
    expect(grid).toHaveAttribute('aria-rowcount', '4');
    grid.focus();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{Enter}');
    await find(/^shop\/web → /);
    await find(/^because of /);
  });

  test('findings stand under their check, accepted ones apart', async () => {
    await show(<MeshPage />, '/x/findings');
    await find('Waived (1)');
    expect(screen.getByText('Waiver expired (1)')).toBeVisible();
    expect(screen.getByText(/^Open \(/)).toBeVisible();
  });

  test('the inventory names who goes around the sidecar', async () => {
    await show(<MeshPage />, '/x/bypasses');
    await find('not-injected');
    expect(screen.getByText('batch/report')).toBeVisible();
    // a literal of the reason is set as code
    expect(screen.getByText('3306').tagName).toBe('CODE');
  });

  test('a mode in the URL is tried at once', async () => {
    await show(<MeshPage />, '/x/what-if?mode=ALLOW_ANY');
    await find('Tried on demo');
    expect((await screen.findAllByText('newly open', undefined, patience)).length).toBeGreaterThan(
      1,
    );
  });

  test('two snapshots are compared', async () => {
    await show(<MeshPage />, '/x/history');
    await userEvent.click(await button(/with the one before$/));
    await find('Comparison');
    await find('1 new finding');
  });

  test('the overview counts and says what is missing', async () => {
    await show(<MeshPage />, '/x');
    await find('Not all input is there: no NetworkPolicies');
    expect(screen.getByText('Newly opened hosts, last 7 days')).toBeVisible();
    expect(screen.getByText('no notes')).toBeVisible();
  });
});

describe('the classic plugin', () => {
  test('renders card, tab and page by its extensions', async () => {
    const card = await show(<EntitySidetraceCard />);
    await find('REGISTRY_ONLY');
    card.unmount();
    const content = await show(<EntitySidetraceContent />);
    await find('Traffic paths');
    content.unmount();
    await show(<SidetracePage />);
    await find('Newly opened hosts, last 7 days');
  });
});
