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
  test.each([
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
