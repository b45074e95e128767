import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { metricsServiceFactory } from '@backstage/backend-defaults/alpha';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  type NotificationSendOptions,
  notificationService,
} from '@backstage/plugin-notifications-node';
import knexFactory, { type Knex } from 'knex';
import { afterEach, describe, expect, test } from 'vitest';
import { readMetrics } from './testing/metric-values';
import { newsEntry, shopEntities, shopMesh } from './testing/shop-mesh';
import { type PluginOptions, type RunningPlugin, startPlugin } from './testing/start-plugin';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function memory(): Knex {
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
  });
  closing.push(() => knex.destroy());
  return knex;
}

async function start(options: Partial<PluginOptions> = {}): Promise<RunningPlugin> {
  const plugin = await startPlugin({
    manifests: shopMesh('REGISTRY_ONLY'),
    entities: shopEntities,
    knex: memory(),
    ...options,
  });
  closing.push(() => plugin.stop());
  return plugin;
}

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sidetrace-'));
  closing.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Asks until the answer is as expected; fails with the last one. */
async function eventually<T>(ask: () => Promise<T>, expected: (answer: T) => void): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const answer = await ask();
    try {
      expected(answer);
      return;
    } catch (error) {
      if (tries === 300) throw error;
    }
    await new Promise(done => setTimeout(done, 100));
  }
}

describe('metrics', () => {
  async function measured(options: Partial<PluginOptions> = {}) {
    const { values, stop } = readMetrics();
    closing.push(stop);
    const plugin = await start({ ...options, features: [metricsServiceFactory] });
    const of = async (name: string, key?: string) =>
      Object.fromEntries(
        (await values(name)).map(({ attributes, value }) => [
          key === undefined ? attributes.source : attributes[key],
          value,
        ]),
      );
    return { plugin, of };
  }

  test('tell how often sources were read and analysed, and what is in the answering snapshot', async () => {
    const { plugin, of } = await measured();
    // histograms: the number of measurements
    expect(await of('sidetrace.source.read.duration')).toEqual({ files: 1 });
    expect(await of('sidetrace.analysis.duration')).toEqual({ files: 1 });
    expect(await of('sidetrace.source.read.failures')).toEqual({});
    expect(await of('sidetrace.workloads')).toEqual({ files: 1 });
    const { findings, access, sources } = (await plugin.get('/mesh/overview')).body;
    expect(await of('sidetrace.findings', 'level')).toEqual(findings);
    const { declaredBlocked: _, ...verdicts } = access;
    expect(await of('sidetrace.access', 'verdict')).toEqual(verdicts);
    const age = (await of('sidetrace.snapshot.age')).files ?? -1;
    expect(age).toBeGreaterThanOrEqual(0);
    expect(age).toBeLessThan((Date.now() - Date.parse(sources[0].readAt)) / 1000 + 1);
    await plugin.write(shopMesh('ALLOW_ANY'));
    await plugin.refreshUntil(({ byOutboundMode }) => byOutboundMode[0].name === 'ALLOW_ANY');
    expect(await of('sidetrace.source.read.duration')).toEqual({ files: 2 });
    expect(await of('sidetrace.analysis.duration')).toEqual({ files: 2 });
  });

  test('count failures, and keep the age of what answers while the source is stale', async () => {
    const { plugin, of } = await measured();
    expect(await of('sidetrace.source.state', 'state')).toEqual({ fresh: 1, stale: 0, unread: 0 });
    await rm(plugin.folder, { recursive: true });
    await plugin.refreshUntil(({ sources }) => sources[0].state === 'stale');
    expect(await of('sidetrace.source.state', 'state')).toEqual({ fresh: 0, stale: 1, unread: 0 });
    expect(await of('sidetrace.source.read.failures')).toEqual({ files: 1 });
    expect(await of('sidetrace.workloads')).toEqual({ files: 1 });
    expect(await of('sidetrace.snapshot.age')).toEqual({ files: expect.any(Number) });
  });

  test('say unread, and nothing of a content, for a source that never could be read', async () => {
    const path = join(await emptyFolder(), 'gone');
    const sources = [{ type: 'directory', id: 'gone', path }];
    const { of } = await measured({ config: { sources }, waits: false });
    await eventually(
      () => of('sidetrace.source.state', 'state'),
      states => expect(states).toEqual({ fresh: 0, stale: 0, unread: 1 }),
    );
    expect(await of('sidetrace.snapshot.age')).toEqual({});
    expect(await of('sidetrace.workloads')).toEqual({});
  });
});

describe('health', () => {
  test('is fine without sources: there is nothing to wait for', async () => {
    const { get } = await start({ config: { sources: [] }, waits: false });
    const { status, body } = await get('/health');
    expect(status).toBe(200);
    expect(body).toEqual({ status: 'ok', sources: { fresh: 0, stale: 0, unread: 0 } });
  });

  test('is fine when every source is fresh, and needs no sign-in', async () => {
    const { get } = await start();
    const { status, body } = await get('/health', { authorization: 'Bearer not-a-token' });
    expect(status).toBe(200);
    expect(body).toEqual({ status: 'ok', sources: { fresh: 1, stale: 0, unread: 0 } });
  });

  test('is degraded, and still up, while a source that was read once fails', async () => {
    const plugin = await start();
    await rm(plugin.folder, { recursive: true });
    await plugin.refreshUntil(({ sources }) => sources[0].state === 'stale');
    const { status, body } = await plugin.get('/health');
    expect(status).toBe(200);
    expect(body).toEqual({ status: 'degraded', sources: { fresh: 0, stale: 1, unread: 0 } });
  });

  test('is not ready while one of two sources has never been read', async () => {
    const folder = await emptyFolder();
    const sources = [
      { type: 'directory', id: 'empty', path: folder },
      { type: 'directory', id: 'gone', path: join(folder, 'gone') },
    ];
    const { get } = await start({ config: { sources }, waits: false });
    await eventually(
      () => get('/health'),
      ({ status, body }) => {
        expect(status).toBe(503);
        expect(body).toEqual({
          status: 'not-ready',
          sources: { fresh: 1, stale: 0, unread: 1 },
        });
      },
    );
  });
});

describe('notifications', () => {
  async function notified(notifications: object, fails = false) {
    const sent: NotificationSendOptions[] = [];
    const send = async (options: NotificationSendOptions) => {
      sent.push(options);
      if (fails) throw new Error('the notifications plugin does not answer');
    };
    const service = createServiceFactory({
      service: notificationService,
      deps: {},
      factory: () => ({ send }),
    });
    const plugin = await start({ features: [service], config: { notifications } });
    const open = async (more = newsEntry) => {
      await plugin.write(shopMesh('REGISTRY_ONLY', more));
      const before = (await plugin.get('/mesh/history')).body.total;
      await plugin.refreshUntil(() => true);
      await eventually(
        () => plugin.get('/mesh/history'),
        ({ body }) => {
          expect(body.total).toBe(before + 1);
          expect(body.snapshots[0].changes).toBeDefined();
        },
      );
    };
    return { plugin, sent, open };
  }

  test('tell the owner in the catalog of a host that a new snapshot opens', async () => {
    const { sent, open } = await notified({ enabled: true });
    await open();
    await eventually(
      async () => sent,
      all => expect(all).toHaveLength(1),
    );
    expect(sent).toEqual([
      {
        recipients: { type: 'entity', entityRef: ['group:default/shop'] },
        payload: {
          title: '1 external host newly open in files',
          description: 'news.example:443 for shop/web',
          link: '/sidetrace/history',
          severity: 'normal',
          topic: 'sidetrace',
          scope: expect.stringMatching(/^sidetrace:files:/),
        },
      },
    ]);
  });

  test('tell those that the configuration names of a new way around a sidecar', async () => {
    const recipients = ['group:default/platform', 'user:default/auditor'];
    const { sent, plugin } = await notified({ enabled: true, recipients, severity: 'high' });
    const mesh = shopMesh('REGISTRY_ONLY').replace('"3306"', '"3306,5432"');
    await plugin.write(mesh);
    await plugin.refreshUntil(() => true);
    await eventually(
      async () => sent.map(({ payload }) => payload.title),
      titles => expect(titles).toContain('1 new way around a sidecar in files'),
    );
    for (const { recipients: told, payload } of sent) {
      expect(told).toEqual({ type: 'entity', entityRef: recipients });
      expect(payload.severity).toBe('high');
    }
  });

  test('say nothing of what was there or came without access, or when they are off', async () => {
    const { sent, open } = await notified({ enabled: true });
    await open(`---
apiVersion: v1
kind: Namespace
metadata: { name: other }
`);
    expect(sent).toEqual([]);
    const off = await notified({ enabled: false });
    await off.open();
    expect(off.sent).toEqual([]);
  });

  test('that cannot be sent do not stop the refresh', async () => {
    const { sent, open, plugin } = await notified({ enabled: true }, true);
    await open();
    await eventually(
      async () => sent,
      all => expect(all).toHaveLength(1),
    );
    // what is closed is no news either
    await open('');
    expect(sent).toHaveLength(1);
    expect((await plugin.get('/health')).body.status).toBe('ok');
  });
});
