import { ConfigReader } from '@backstage/config';
import { describe, expect, test } from 'vitest';
import { readSidetraceConfig } from './sidetrace-config';

const read = (sidetrace: object) => readSidetraceConfig(new ConfigReader({ sidetrace }));

describe('the configuration', () => {
  test('may be absent', () => {
    expect(readSidetraceConfig(new ConfigReader({}))).toMatchObject({
      retention: { snapshots: 50 },
      notifications: { enabled: false, recipients: 'owners' },
      sources: [],
      waivers: [],
    });
  });
  test('takes durations as Backstage writes them', () => {
    const { schedule, retention } = read({
      schedule: { frequency: 'PT1M', timeout: { seconds: 30 } },
      retention: { snapshots: 3, maxAge: '2 days' },
    });
    expect(schedule).toMatchObject({ timeout: { seconds: 30 } });
    expect(retention).toEqual({ snapshots: 3, maxAgeMs: 172_800_000 });
  });
  test('fills in what a source does not say', () => {
    const { sources } = read({
      sources: [
        { type: 'url', id: 'git', url: 'https://git.example/mesh/tree/main' },
        { type: 'kubernetes', id: 'prod', connection: { kind: 'in-cluster' }, timeout: 'PT10S' },
      ],
    });
    expect(sources).toMatchObject([
      { limits: { maxFiles: 10_000, maxFileMb: 20, maxTotalMb: 200 }, timeout: 120_000 },
      { watch: true, quietPeriod: 30_000, timeout: 10_000 },
    ]);
  });
  test('fills in what a Prometheus does not say; one may be written without a list', () => {
    expect(read({}).observed).toEqual([]);
    const url = 'https://prometheus.example/base';
    const filled = { url, window: 86_400_000, timeout: 5000, headers: {}, labels: {} };
    expect(read({ observed: { prometheus: { url } } }).observed).toEqual([filled]);
    expect(
      read({ observed: { prometheus: [{ url, window: { hours: 1 } }, { url }] } }).observed,
    ).toEqual([{ ...filled, window: 3_600_000 }, filled]);
  });
  test('a source with a mesh for each folder has calls of one of them counted', () => {
    const sources = [{ type: 'directory', id: 'a', path: '.', perFolder: true }];
    const prometheus = { url: 'https://prometheus.example', sources: ['a/shop'] };
    expect(read({ sources, observed: { prometheus } }).observed).toHaveLength(1);
  });
  test.each([
    [{ observed: {} }, 'sidetrace.observed.prometheus'],
    [{ observed: { prometheus: [] } }, 'sidetrace.observed.prometheus'],
    [
      { observed: { prometheus: { url: 'prometheus.example' } } },
      'sidetrace.observed.prometheus.0.url: expected a URL such as https://prometheus.example',
    ],
    [
      { observed: { prometheus: { url: 'ftp://prometheus.example' } } },
      'sidetrace.observed.prometheus.0.url: expected a URL such as https://prometheus.example',
    ],
    [
      { observed: { prometheus: { url: 'https://me:secret@prometheus.example' } } },
      'sidetrace.observed.prometheus.0.url: expected a URL such as https://prometheus.example',
    ],
    [
      { observed: { prometheus: { url: 'https://p.example', labels: { 'a-b': 'c' } } } },
      'sidetrace.observed.prometheus.0.labels',
    ],
    [
      { observed: { prometheus: { url: 'https://p.example', headers: { A: 'x\ny' } } } },
      'sidetrace.observed.prometheus.0.headers',
    ],
    [
      { observed: { prometheus: { url: 'https://p.example', token: 'x' } } },
      'sidetrace.observed.prometheus.0',
    ],
    [
      { observed: { prometheus: { url: 'https://p.example', sources: ['none'] } } },
      'sidetrace.observed.prometheus.0.sources: there is no source `none`',
    ],
    [{ sources: [{ type: 'ftp', id: 'a' }] }, 'sidetrace.sources.0.type'],
    [{ sources: [{ type: 'directory', id: 'a' }] }, 'sidetrace.sources.0.path'],
    [
      { sources: [{ type: 'directory', id: 'a b', path: '.' }] },
      'sidetrace.sources.0.id: expected',
    ],
    [
      { sources: [{ type: 'directory', id: 'a', path: '.', istioVersion: 1.3 }] },
      'sidetrace.sources.0.istioVersion',
    ],
    [
      {
        sources: [
          { type: 'directory', id: 'a', path: '.' },
          { type: 'directory', id: 'a', path: '..' },
        ],
      },
      'sidetrace.sources.1.id: `a` is there twice',
    ],
    [{ sources: [{ type: 'url', id: 'a' }] }, 'sidetrace.sources.0.url'],
    [
      { sources: [{ type: 'url', id: 'a', url: 'git@github.com:example/mesh' }] },
      'sidetrace.sources.0.url: expected a URL such as https://github.com/example/mesh/tree/main',
    ],
    [
      { sources: [{ type: 'url', id: 'a', url: 'https://me:hidden@git.example/mesh' }] },
      'sidetrace.sources.0.url: expected a URL without user and password',
    ],
    [
      { sources: [{ type: 'url', id: 'a', url: 'https://git.example/mesh', content: 'zip' }] },
      'sidetrace.sources.0.content',
    ],
    [
      {
        sources: [
          { type: 'url', id: 'a', url: 'https://git.example/mesh', limits: { maxFiles: 0 } },
        ],
      },
      'sidetrace.sources.0.limits.maxFiles',
    ],
    [
      { sources: [{ type: 'url', id: 'a', url: 'https://git.example/mesh', timeout: 'soon' }] },
      'expected a duration such as {"minutes":2}',
    ],
    [
      { sources: [{ type: 'url', id: 'a', url: 'https://git.example/mesh', path: '.' }] },
      'sidetrace.sources.0: Unrecognized key: "path"',
    ],
    [{ sources: [{ type: 'kubernetes', id: 'a' }] }, 'sidetrace.sources.0.connection'],
    [
      { sources: [{ type: 'kubernetes', id: 'a', connection: { kind: 'local' } }] },
      'sidetrace.sources.0.connection.kind',
    ],
    [
      {
        sources: [
          {
            type: 'kubernetes',
            id: 'a',
            connection: { kind: 'token', server: 'http://k8s.example', token: 't' },
          },
        ],
      },
      'sidetrace.sources.0.connection.server: expected the https URL',
    ],
    [
      {
        sources: [
          {
            type: 'kubernetes',
            id: 'a',
            connection: { kind: 'token', server: 'https://k8s.example' },
          },
        ],
      },
      'sidetrace.sources.0.connection.token',
    ],
    [
      {
        sources: [
          {
            type: 'kubernetes',
            id: 'a',
            connection: { kind: 'token', server: 'https://k8s.example', token: 't', caData: 'x' },
          },
        ],
      },
      'sidetrace.sources.0.connection.caData: expected PEM text',
    ],
    [
      {
        sources: [
          {
            type: 'kubernetes',
            id: 'a',
            connection: { kind: 'in-cluster' },
            quietPeriod: { milliseconds: 1 },
          },
        ],
      },
      'sidetrace.sources.0.quietPeriod: it is shorter than 100 ms',
    ],
    [{ retention: { snapshots: 0 } }, 'sidetrace.retention.snapshots'],
    [{ retention: { maxAge: 'soon' } }, 'expected a duration'],
    [{ schedule: { frequency: { minutes: 5 } } }, 'sidetrace.schedule'],
    [{ notifications: { recipients: 'everyone' } }, "expected 'owners' or a list"],
    [{ waivers: [{ id: 'a/b' }] }, 'sidetrace.waivers.0.resource'],
    [{ source: [] }, 'source'],
  ])('is refused with the path and what is expected: %j', (config, message) => {
    expect(() => read(config)).toThrow(message);
  });
});
