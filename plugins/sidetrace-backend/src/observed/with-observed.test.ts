import type { AccessRow } from '@sidetrace/core';
import { expect, test } from 'vitest';
import type { CallCount } from './call-count';
import { withObserved } from './with-observed';

const since = '2026-11-23T12:00:00.000Z';
const workload = { kind: 'Deployment', namespace: 'shop', name: 'web' } as const;

const row = (host: string, more: Partial<AccessRow> = {}): AccessRow => ({
  id: host,
  workload,
  host,
  port: 443,
  protocol: 'TLS',
  verdict: 'allowed',
  delivery: 'reaches',
  control: 'registered',
  reasons: [],
  deciding: { kind: 'default', default: 'outboundTrafficPolicy.mode=ALLOW_ANY' },
  tlsOnTheWire: 'application',
  symptom: '',
  assumptions: [],
  ...more,
});
const count = (service: string, calls: number, more: Partial<CallCount> = {}): CallCount => ({
  namespace: 'shop',
  workload: 'web',
  service,
  serviceName: service,
  calls,
  ...more,
});
/** Calls of each row; undefined where nothing is said. */
const calls = (rows: readonly AccessRow[], counts: readonly CallCount[]) =>
  withObserved(rows, { workload, hosts: rows.map(({ host }) => host) }, { counts, since }).map(
    ({ observed }) => observed?.calls,
  );

test('a count goes to each row of its host, requests and connections together', () => {
  const rows = [row('api.example'), row('api.example', { port: 80, protocol: 'HTTP' })];
  expect(calls(rows, [count('api.example', 3), count('api.example', 4.2)])).toEqual([7, 7]);
});

test('says since when', () => {
  const [found] = withObserved(
    [row('api.example')],
    { workload, hosts: ['api.example'] },
    { counts: [count('API.example', 0.2)], since },
  );
  expect(found?.observed).toEqual({ calls: 1, since });
});

test('a port in the Host header is that of the row', () => {
  const rows = [row('api.example', { port: 80, protocol: 'HTTP' }), row('api.example')];
  expect(calls(rows, [count('api.example:80', 5)])).toEqual([5, 0]);
});

test('workloads of another namespace or another name are not counted', () => {
  const others = [
    count('api.example', 3, { namespace: 'other' }),
    count('api.example', 3, { workload: 'web-2' }),
  ];
  expect(calls([row('api.example')], others)).toEqual([undefined]);
  expect(calls([row('api.example')], [...others, count('b.example', 1)])).toEqual([0]);
});

test('hosts that only look alike are not counted', () => {
  const rows = [row('api.example'), row('*.wild.example')];
  const counts = ['api.example.org', 'myapi.example', 'wild.example', 'notwild.example'];
  expect(
    calls(
      rows,
      counts.map(host => count(host, 9)),
    ),
  ).toEqual([0, 0]);
});

test('a wildcard has the calls to hosts without a row of their own, each once', () => {
  const rows = [row('*.example'), row('*.deep.example'), row('a.example')];
  const counts = [
    count('*.example', 1),
    count('a.example', 10),
    count('b.example', 100),
    count('x.deep.example', 1000),
  ];
  expect(calls(rows, counts)).toEqual([101, 1000, 10]);
});

test('the row of all other hosts has what is not in the registry and has a name', () => {
  const rows = [row('*', { control: 'passthrough' }), row('a.example')];
  const passthrough = { serviceName: 'PassthroughCluster' };
  const counts = [
    count('b.example', 2, passthrough),
    count('c.example', 4, { serviceName: 'BlackHoleCluster' }),
    count('unknown', 8, passthrough),
    count('a.example', 16, passthrough),
    count('reviews.shop.svc.cluster.local', 32, { serviceName: 'reviews' }),
  ];
  expect(calls(rows, counts)).toEqual([6, 16]);
});

test('no count is no call only where the sidecar would have counted under the host', () => {
  const other = [count('other.example', 1)];
  const route = {
    kind: 'object',
    object: { kind: 'VirtualService', namespace: 'shop', name: 'a' },
    path: '',
  } as const;
  const rows = [
    row('a.example'),
    row('b.example', { control: 'passthrough', protocol: 'HTTP' }),
    row('c.example', { control: 'passthrough' }),
    row('d.example', { control: 'gateway' }),
    row('e.example', { deciding: route }),
    row('*', { control: 'passthrough', protocol: 'HTTP' }),
  ];
  expect(calls(rows, other)).toEqual([0, 0, undefined, undefined, undefined, undefined]);
  expect(calls([row('a.example'), row('*.example')], other)).toEqual([undefined, 1]);
});

test('nothing is said of calls that no sidecar sees', () => {
  const rows = [
    row('a.example', { control: 'bypass' }),
    row('a.example', { protocol: 'UDP' }),
    row('a.example', { port: 8443 }),
  ];
  expect(calls(rows, [count('a.example', 7)])).toEqual([undefined, undefined, 7]);
});

test('nothing is said of a workload that has no series', () => {
  expect(calls([row('a.example')], [])).toEqual([undefined]);
});
