import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type BackendFeature,
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { Knex } from 'knex';
import request from 'supertest';
import { sidetracePlugin } from '../plugin';
import { checkExchange } from './contract';

const base = '/api/sidetrace';

/** A plugin that runs, and requests to it, each of which is checked against the OpenAPI document. */
export interface RunningPlugin {
  readonly folder: string;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<request.Response>;
  post(path: string, body?: object): Promise<request.Response>;
  /** Reads the sources again and waits until what is asked for is there. */
  refreshUntil(done: (overview: request.Response['body']) => boolean): Promise<void>;
  write(text: string): Promise<void>;
  stop(): Promise<void>;
}

export interface PluginOptions {
  readonly manifests: string;
  readonly entities?: readonly Entity[];
  readonly knex: Knex;
  readonly config?: object;
  readonly features?: readonly BackendFeature[];
  /** Not to wait for the first analysis: for callers who may not see it. */
  readonly waits?: boolean;
}

const pause = (ms: number) => new Promise<void>(done => setTimeout(done, ms));

export async function startPlugin(options: PluginOptions): Promise<RunningPlugin> {
  const { manifests, entities = [], knex, config = {}, features = [], waits = true } = options;
  const folder = await mkdtemp(join(tmpdir(), 'sidetrace-'));
  const write = (text: string) => writeFile(join(folder, 'mesh.yaml'), text);
  await write(manifests);
  const sources = [{ type: 'directory', id: 'files', path: folder }];
  const backend = await startTestBackend({
    features: [
      sidetracePlugin,
      catalogServiceMock.factory({ entities: [...entities] }),
      mockServices.rootConfig.factory({ data: { sidetrace: { sources, ...config } } }),
      createServiceFactory({
        service: coreServices.database,
        deps: {},
        factory: () => ({ getClient: async () => knex }),
      }),
      ...features,
    ],
  });
  const agent = request(backend.server);
  const exchange = async (
    method: 'get' | 'post',
    path: string,
    sent: request.Test,
    body?: object,
  ) => {
    const response = await sent;
    const url = new URL(path, 'http://localhost');
    checkExchange({
      method,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      body,
      status: response.status,
      type: response.type,
      answer: response.body,
    });
    return response;
  };
  const get: RunningPlugin['get'] = (path, headers = {}) =>
    exchange('get', path, agent.get(`${base}${path}`).set(headers));
  const post: RunningPlugin['post'] = (path, body) =>
    exchange('post', path, agent.post(`${base}${path}`).send(body), body);
  const until = async (done: (overview: request.Response['body']) => boolean) => {
    for (let tries = 0; tries < 600; tries += 1) {
      if (done((await get('/mesh/overview')).body)) return;
      await pause(100);
    }
    throw new Error('the backend did not come to the expected state');
  };
  if (waits) await until(({ workloads }) => workloads > 0);
  return {
    folder,
    get,
    post,
    write,
    refreshUntil: async done => {
      await post('/refresh');
      await until(done);
    },
    stop: async () => {
      await backend.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
