import type { AccessRow } from '@sidetrace/core';
import { describe, expect, test } from 'vitest';
import { demoFindings, demoRows, demoWorkload } from '../testing/demo-entity';
import { demoMesh } from '../testing/demo-mesh';
import { accessCsv, accessItems, filterAccess, isObserved } from './access-view';

const mesh = demoMesh();
const rows = demoRows(mesh, demoWorkload(mesh));
const all = {
  text: '',
  verdict: '',
  observedOnly: false,
  sort: 'host',
  descending: false,
} as const;
const host = 'api.payments.example';

const counted = (row: AccessRow): AccessRow =>
  row.host === host && row.port === 443
    ? { ...row, observed: { calls: 12, since: '2026-11-01T00:00:00Z' } }
    : row;

describe('external access as a table', () => {
  test('says of a declared host whether it is reached', () => {
    const items = accessItems(rows);
    const declared = (name: string) => items.find(item => item.host === name)?.declared;
    expect(declared(host)).toBe('yes');
    expect(declared('news.example')).toBe('blocked');
  });

  test('counts the open findings that name the host, not the waived ones', () => {
    const findings = demoFindings(mesh);
    const [open] = findings;
    if (open === undefined) throw new Error('the demo has no finding');
    const naming = { ...open.finding, hosts: { count: 1, list: [host] } };
    const about = (state: 'open' | 'waived') =>
      accessItems(rows, { findings: [{ ...open, state, finding: naming }] }).find(
        item => item.host === host,
      )?.findings;
    expect(about('open')).toBe(1);
    expect(about('waived')).toBe(0);
  });

  test('is filtered by text, by verdict, and by calls that were made', () => {
    const items = accessItems(rows.map(counted));
    const hosts = (filter: object) =>
      filterAccess(items, { ...all, ...filter }).map(item => item.host);
    expect(new Set(hosts({ text: 'NEWS' }))).toEqual(new Set(['news.example']));
    expect(hosts({ verdict: 'bypass' })).toEqual([]);
    expect(hosts({ observedOnly: true })).toEqual([host]);
  });

  test('is sorted by the number of calls', () => {
    const items = accessItems(rows.map(counted));
    const [first] = filterAccess(items, { ...all, sort: 'observed', descending: true });
    expect(first?.host).toBe(host);
  });
});

describe('the table as CSV', () => {
  test('has calls only where somebody counts them', () => {
    const without = accessItems(rows);
    expect(isObserved(without)).toBe(false);
    expect(accessCsv(without)).not.toContain('since');
    expect(accessCsv(accessItems(rows.map(counted)))).toContain('12,2026-11-01T00:00:00Z');
  });

  test('puts an apostrophe before what a spreadsheet would compute', () => {
    const [row] = rows;
    if (row === undefined) throw new Error('the demo has no row');
    expect(accessCsv(accessItems([{ ...row, host: '=1+1' }]))).toContain("'=1+1");
  });
});
