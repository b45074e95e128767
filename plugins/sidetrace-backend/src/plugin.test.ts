import { rm } from 'node:fs/promises';
import {
  type AuditorService,
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { afterAll, describe, expect, test } from 'vitest';
import {
  shopEntities as entities,
  newsEntry as entry,
  shopMesh as mesh,
} from './testing/shop-mesh';
import { type RunningPlugin, startPlugin } from './testing/start-plugin';
import { testDatabases } from './testing/test-databases';

const running: RunningPlugin[] = [];
afterAll(async () => {
  await Promise.all(running.splice(0).map(plugin => plugin.stop()));
});

const web = '/entities/default/component/web';

describe.each(testDatabases())('the backend plugin on $name', ({ connect }) => {
  const begin = async (options: Partial<Parameters<typeof startPlugin>[0]>) => {
    const manifests = mesh('REGISTRY_ONLY');
    const plugin = await startPlugin({ manifests, entities, knex: await connect(), ...options });
    running.push(plugin);
    return plugin;
  };
  let shared: Promise<RunningPlugin> | undefined;
  /** One plugin for all tests that only ask; with options one of the test's own. */
  const start = (options?: Partial<Parameters<typeof startPlugin>[0]>) => {
    if (options !== undefined) return begin(options);
    shared ??= begin({});
    return shared;
  };

  test('answers card and tab of an entity, with hosts declared on what it depends on', async () => {
    const { get } = await start();
    const card = await get(`${web}/card`);
    expect(card.body.cards[0]).toMatchObject({
      status: { sidecar: { injected: true }, outbound: { mode: 'REGISTRY_ONLY' } },
      access: { declaredBlocked: 2 },
    });
    const { body: tab } = await get(`${web}/tab`);
    expect(tab.paths).toHaveLength(6);
    expect(tab.invalidHosts).toEqual(['no/good/host']);
    expect(tab.slice.resources.workloads).toHaveLength(1);
    const hosts = tab.access.filter((row: { declared?: boolean }) => row.declared === true);
    expect(hosts.map((row: { host: string; verdict: string }) => [row.host, row.verdict])).toEqual([
      ['news.example', 'blocked'],
      ['smtp.example', 'blocked'],
    ]);
  });

  test('tells a missing annotation from one that fits nothing, and both from a missing entity', async () => {
    const { get } = await start();
    const card = (name: string) => get(`/entities/default/component/${name}/card`);
    expect((await card('plain')).body).toEqual({ kind: 'no-annotation' });
    expect((await card('lost')).body).toMatchObject({
      kind: 'no-match',
      lookedFor: 'workload shop/lost',
    });
    expect((await card('nobody')).status).toBe(404);
    expect((await get(`${web}/tab?workload=files/shop/Pod/x`)).status).toBe(404);
  });

  test('gives the views of the mesh page, each with owners, and 304 to who has the answer', async () => {
    const { get } = await start();
    const matrix = await get('/mesh/matrix?by=owner');
    const [group] = matrix.body.groups;
    expect(group).toMatchObject({
      heading: 'group:default/shop',
      workloads: { count: 1, list: [{ id: 'files/shop/Deployment/web' }] },
    });
    const at = matrix.body.columns.findIndex(
      (column: { host: string; protocol: string }) =>
        column.host === '*' && column.protocol === 'TLS',
    );
    expect(matrix.body.answers[group.cells[at]].verdict).toBe('blocked');
    expect(
      (await get('/mesh/matrix?by=owner', { 'If-None-Match': matrix.headers.etag })).status,
    ).toBe(304);
    expect((await get('/mesh/matrix?verdict=bypass')).body.total).toBe(0);

    const bypasses = await get('/mesh/bypasses?reason=excluded-port');
    expect(bypasses.body.bypasses).toMatchObject([
      { covers: 'port 3306', workloads: { count: 1 } },
    ]);

    const findings = await get('/mesh/findings?check=egress/declared-host-blocked');
    expect(findings.body.total).toBeGreaterThan(0);
    const [first] = findings.body.findings;
    expect(first.owners).toEqual(['group:default/shop']);
    const { fingerprint } = first.finding;
    const one = await get(`/mesh/finding?source=files&fingerprint=${fingerprint}`);
    expect(one.body.details.workloads).toMatchObject([{ entity: 'component:default/web' }]);

    const cell = 'workload=files/shop/Deployment/web&host=news.example&port=443&protocol=TLS';
    expect((await get(`/mesh/trace?${cell}`)).body.trace.blockers.length).toBeGreaterThan(0);
  });

  test('keeps snapshots, says what each changed, and compares any two', async () => {
    const plugin = await start({});
    await plugin.write(mesh('REGISTRY_ONLY', entry));
    await plugin.refreshUntil(({ opened }) => opened.length > 0);
    const { get } = plugin;
    const overview = await get('/mesh/overview');
    expect(overview.body.opened).toMatchObject([{ host: 'news.example', workloads: { count: 1 } }]);
    const { snapshots } = (await get('/mesh/history')).body;
    expect(snapshots).toHaveLength(2);
    expect(snapshots[0]).toMatchObject({ current: true, changes: { access: { opened: 1 } } });
    const query = `before=${snapshots[1].id}&after=${snapshots[0].id}`;
    const comparison = await get(`/mesh/history/comparison?${query}`);
    expect(comparison.body.changes.access.changes[0]).toMatchObject({
      change: 'opened',
      host: 'news.example',
      workloads: { list: [{ owner: 'group:default/shop' }] },
    });
    const file = await get(`/mesh/export/comparison?${query}&format=csv`);
    expect(file.text).toContain('access,opened,files,shop/web,group:default/shop,news.example,443');
    expect((await get('/mesh/history/comparison?before=1&after=999999')).status).toBe(404);
  });

  test('forgets snapshots beyond the configured number, and nothing that is still in use', async () => {
    const knex = await connect();
    const plugin = await start({ knex, config: { retention: { snapshots: 1 } } });
    await plugin.write(mesh('ALLOW_ANY'));
    await plugin.refreshUntil(({ byOutboundMode }) => byOutboundMode[0].name === 'ALLOW_ANY');
    for (let tries = 0; tries < 100; tries += 1) {
      if ((await knex('snapshots')).length === 1) break;
      await new Promise(done => setTimeout(done, 100));
    }
    expect(await knex('snapshots')).toHaveLength(1);
    expect(await knex('analyses')).toHaveLength(1);
    const parts = await knex('parts').select('digest');
    const used = await knex('analysis_parts').distinct('part');
    expect(new Set(parts.map(({ digest }) => digest))).toEqual(
      new Set(used.map(({ part }) => part)),
    );
    expect((await plugin.get('/mesh/history')).body.total).toBe(1);
  });

  test('tries edits for the mesh and for an entity, and says what is wrong with them', async () => {
    const { post } = await start();
    const flip = await post('/mesh/what-if', { outboundMode: 'ALLOW_ANY' });
    expect(flip.body.changes.access.counts.opened).toBeGreaterThan(0);
    const own = await post(`${web}/what-if`, { apply: entry });
    expect(own.body.changes.access.counts.opened).toBe(1);
    expect(own.body.elsewhere).toBe(0);
    const wrong = await post('/mesh/what-if', { source: 'files', apply: 'kind: [' });
    expect(wrong.body.issues).toMatchObject([{ edit: 'apply', line: 1 }]);
    expect((await post('/mesh/what-if', {})).body.error.message).toContain('nothing is changed');
    expect((await post('/mesh/what-if', { apply: 'x', url: 'http://a' })).status).toBe(400);
    expect((await post('/mesh/what-if', { apply: 'x'.repeat(1_000_001) })).status).toBe(400);
    expect((await post('/mesh/what-if', { apply: 'x'.repeat(6_000_000) })).status).toBe(413);
    const file = await post('/mesh/export/what-if?format=markdown', { outboundMode: 'ALLOW_ANY' });
    expect(file.text).toContain('| access | opened | files | shop/web |');
  });

  test('suggests what makes a blocked call work, as edits for what-if', async () => {
    const { post } = await start();
    const call = { to: 'news.example', port: 443, protocol: 'https' };
    const { body } = await post(`${web}/suggestions`, { call });
    expect(body.suggestions.length).toBeGreaterThan(0);
    const tried = await post(`${web}/what-if`, body.suggestions[0].edits);
    expect(tried.body.changes.access.counts.opened).toBe(1);
  });

  test.each([
    ['access', 'csv', 'source,workload,owner,host'],
    ['access', 'json', '"verdict":"blocked"'],
    ['access', 'markdown', '| source | workload |'],
    ['findings', 'csv', 'level,check,object'],
    ['findings', 'json', 'sidetrace.dev/audit/v1'],
    ['findings', 'sarif', '"version": "2.1.0"'],
    ['findings', 'markdown', '## Egress audit'],
    ['bypasses', 'csv', 'excluded-port,port 3306'],
    ['bypasses', 'json', '"covers":"port 3306"'],
    ['bypasses', 'markdown', '| files | shop/web |'],
  ])('exports %s as %s', async (kind, format, part) => {
    const { get } = await start();
    const response = await get(`/mesh/export/${kind}?format=${format}`);
    expect(response.status).toBe(200);
    expect(response.headers['content-disposition']).toContain(`sidetrace-${kind}-`);
    const text = response.text ?? response.body.toString('utf8');
    expect(text).toContain(part);
  });

  test('points at the line of the field, in answers and in downloads', async () => {
    const { get } = await start();
    const { findings } = (await get('/mesh/findings?check=egress/declared-host-blocked')).body;
    const [{ finding }] = findings;
    expect(finding.path).toBe('metadata.name');
    const lines = mesh('REGISTRY_ONLY').split('\n');
    const line = lines.indexOf('metadata: { name: web, namespace: shop }') + 1;
    const column = (lines[line - 1] ?? '').indexOf('name') + 1;
    expect(finding.position).toEqual({ line, column });
    expect(finding.source.line).toBeLessThan(line);
    const sarif = (await get('/mesh/export/findings?format=sarif')).body;
    const starts = sarif.runs[0].results.flatMap(
      (result: { locations: { physicalLocation: { region: { startLine: number } } }[] }) =>
        result.locations.map(({ physicalLocation }) => physicalLocation.region.startLine),
    );
    expect(starts).toContain(line);
  });

  test('names in each row of the csv the snapshot, the cluster, the version and the time', async () => {
    const plugin = await start({});
    const sources = [
      { type: 'directory', id: 'one', path: plugin.folder, cluster: 'east', istioVersion: '1.30' },
      { type: 'directory', id: 'two', path: plugin.folder, istioVersion: '1.26' },
    ];
    const { get } = await start({ config: { sources } });
    const { sources: states } = (await get('/mesh/overview')).body;
    const digests = states.map(({ digest }: { digest: string }) => digest);
    const [head = '', ...rows] = (await get('/mesh/export/findings?format=csv')).text.split('\r\n');
    expect(head).toMatch(/,fingerprint,source,cluster,istio,input,time,sidetrace$/);
    const ends = new Set(
      rows.filter(row => row !== '').map(row => row.split(',').slice(-6, -2).join(' ')),
    );
    expect(ends).toEqual(new Set([`one east 1.30 ${digests[0]}`, `two  1.26 ${digests[1]}`]));
    expect(rows[0]).toMatch(/,\d{4}-\d\d-\d\dT[\d:.]+Z,\d+\.\d+\.\d+$/);
  });

  test('shows waived findings apart, and expired ones as standing', async () => {
    const waiver = { resource: '*', reason: 'known', owner: 'shop' };
    const { get } = await start({
      config: {
        waivers: [
          { ...waiver, id: 'egress/declared-host-blocked', expires: '2999-12-31' },
          { ...waiver, id: 'pod/*', expires: '2001-01-01' },
        ],
      },
    });
    const { findings } = (await get('/mesh/findings')).body;
    const waived = findings.filter(({ state }: { state: string }) => state === 'waived');
    expect(waived.length).toBeGreaterThan(0);
    expect(findings.at(-1)).toMatchObject({ state: 'waived', waiver: { reason: 'known' } });
    expect((await get('/mesh/overview')).body.waivedFindings).toBe(waived.length);
  });

  test('keeps the last snapshot of a source that fails, marked with the reason', async () => {
    const plugin = await start({});
    await rm(plugin.folder, { recursive: true });
    await plugin.refreshUntil(({ sources }) => sources[0].state === 'stale');
    const { sources } = (await plugin.get('/mesh/overview')).body;
    expect(sources[0]).toMatchObject({ state: 'stale', workloads: 1 });
    expect(sources[0].reason).not.toContain(plugin.folder);
    expect((await plugin.get('/health')).body).toEqual({
      status: 'degraded',
      sources: { fresh: 0, stale: 1, unread: 0 },
    });
  });

  test('refuses everything without the permission, and tells the audit log', async () => {
    const auditor: AuditorService = {
      createEvent: async ({ eventId }) => {
        events.push(eventId);
        return {
          success: async () => {},
          fail: async () => {
            events.push(`${eventId} failed`);
          },
        };
      },
    };
    const events: string[] = [];
    const { get, post } = await start({
      waits: false,
      features: [
        mockServices.permissions.factory({ result: AuthorizeResult.DENY }),
        createServiceFactory({
          service: coreServices.auditor,
          deps: {},
          factory: () => auditor,
        }),
      ],
    });
    const cell = 'workload=a&host=b&port=1&protocol=TLS';
    for (const path of [
      `${web}/card`,
      `${web}/tab`,
      '/mesh/overview',
      '/mesh/matrix',
      `/mesh/trace?${cell}`,
      '/mesh/findings',
      '/mesh/finding?source=a&fingerprint=b',
      '/mesh/bypasses',
      '/mesh/history',
      '/mesh/history/comparison?before=1&after=2',
      '/mesh/export/access?format=csv',
    ]) {
      expect([path, (await get(path)).status]).toEqual([path, 403]);
    }
    const call = { to: 'a.example', port: 443, protocol: 'https' };
    expect((await post(`${web}/suggestions`, { call })).status).toBe(403);
    expect((await post(`${web}/what-if`, { outboundMode: 'ALLOW_ANY' })).status).toBe(403);
    expect((await post('/mesh/what-if', { outboundMode: 'ALLOW_ANY' })).status).toBe(403);
    expect((await post('/refresh')).status).toBe(403);
    expect(events).toEqual([
      'export',
      'export failed',
      'what-if',
      'what-if failed',
      'what-if',
      'what-if failed',
      'refresh',
      'refresh failed',
    ]);
  });

  test('offers read-only actions that answer with the permissions of the caller', async () => {
    const registry = actionsRegistryServiceMock({ logger: mockServices.rootLogger() });
    const service = actionsRegistryServiceRef;
    await start({
      features: [createServiceFactory({ service, deps: {}, factory: () => registry })],
    });
    const invoke = async (name: string, input: Parameters<typeof registry.invoke>[0]['input']) => {
      const credentials = mockCredentials.user();
      return (await registry.invoke({ id: `test:${name}`, input, credentials })).output;
    };
    const { actions } = await registry.list();
    expect(actions.every(({ attributes }) => attributes.readOnly)).toBe(true);
    const access = await invoke('list-external-access', { verdict: 'blocked' });
    expect(access).toMatchObject({ groups: [{ workloads: ['files/shop/Deployment/web'] }] });
    const call = { workload: 'files/shop/Deployment/web', host: 'a.example', port: 443 };
    expect(await invoke('trace-call', { ...call, protocol: 'https' })).toMatchObject({
      blockers: [expect.any(String)],
    });
    expect(await invoke('list-bypasses', { reason: 'excluded-port' })).toMatchObject({ total: 1 });
    expect(await invoke('what-if', { outboundMode: 'ALLOW_ANY' })).toMatchObject({ closed: 0 });
    const missing = invoke('explain-finding', { source: 'files', fingerprint: 'none' });
    await expect(missing).rejects.toThrow('no finding');
  });
});
