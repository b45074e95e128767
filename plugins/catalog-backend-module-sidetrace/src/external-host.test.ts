import { describe, expect, test } from 'vitest';
import { externalHosts } from './external-host';

const row = (
  host: string,
  delivery: 'reaches' | 'blocked' | 'mixed' | 'undetermined' = 'reaches',
  port = 443,
) => ({ host, port, protocol: 'TLS', delivery }) as const;

describe('external hosts of the catalog', () => {
  test('a host that two entities reach is one host, with both and with each port', () => {
    expect(
      externalHosts([
        {
          entityRef: 'component:default/web',
          rows: [row('api.example'), row('api.example', 'reaches', 8443)],
        },
        { entityRef: 'component:default/jobs', rows: [row('api.example', 'mixed')] },
      ]),
    ).toEqual([
      {
        host: 'api.example',
        ports: ['443/TLS', '8443/TLS'],
        reachedBy: ['component:default/jobs', 'component:default/web'],
      },
    ]);
  });

  test('what is blocked, unknown or a wildcard is no dependency', () => {
    const rows = [
      row('a.example', 'blocked'),
      row('b.example', 'undetermined'),
      row('*.c.example'),
      row('*'),
    ];
    expect(externalHosts([{ entityRef: 'component:default/web', rows }])).toEqual([]);
  });
});
