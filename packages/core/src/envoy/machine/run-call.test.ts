import { describe, expect, it } from 'vitest';
import type { Cluster } from '../config/cluster';
import type { FilterChain } from '../config/filter-chain';
import type { HttpConnectionManager } from '../config/http-connection-manager';
import type { Listener } from '../config/listener';
import type { EnvoyProgram } from '../config/program';
import type { Route, RouteAction } from '../config/route-config';
import type { CallRequest, EnvoyCall } from './call';
import { runCall } from './run-call';

const origin = { kind: 'default', default: 'test' } as const;
const cluster = (name: string, more: Partial<Cluster> = {}): Cluster => ({
  name,
  discovery: 'EDS',
  tls: { kind: 'none' },
  endpoints: [{ address: '10.0.0.9', port: 80, healthy: true, mtls: false }],
  origin,
  ...more,
});
const sick = { address: '10.0.0.9', port: 80, healthy: false, mtls: false };
const clusters = new Map([
  ['up', cluster('up')],
  ['empty', cluster('empty', { endpoints: [sick] })],
  ['original', cluster('original', { discovery: 'ORIGINAL_DST', endpoints: [] })],
]);

const forwardTo = (...names: string[]): RouteAction => ({
  kind: 'forward',
  clusters:
    names.length === 1
      ? { kind: 'single', name: names[0] ?? '' }
      : { kind: 'weighted', clusters: names.map(name => ({ name, weight: 50 })) },
});
const manager = (action: RouteAction, more: Partial<Route> = {}): HttpConnectionManager => ({
  kind: 'http',
  acceptHttp10: false,
  routes: {
    kind: 'inline',
    config: {
      name: 'r',
      ignorePortInHostMatching: true,
      virtualHosts: [
        {
          name: 'a',
          domains: ['a.com'],
          routes: [
            {
              match: { path: { kind: 'prefix', value: '/' }, headers: [], queryParameters: [] },
              action,
              origin,
              ...more,
            },
          ],
          origin,
        },
      ],
      origin,
    },
  },
});
const chain = (filter: FilterChain['filter'], more: Partial<FilterChain> = {}): FilterChain => ({
  name: 'chain',
  match: {},
  filter,
  origin,
  ...more,
});
const listener = (
  filterChains: readonly FilterChain[],
  more: Partial<Listener> = {},
): Listener => ({
  name: '0.0.0.0_80',
  address: '0.0.0.0',
  port: 80,
  bindToPort: false,
  useOriginalDst: false,
  continueOnListenerFiltersTimeout: true,
  listenerFiltersTimeoutMs: 0,
  filterChains,
  origin,
  ...more,
});
const programOf = (only: Listener): EnvoyProgram => ({
  outboundCapture: undefined,
  inboundCapture: undefined,
  listener: (address, port) => (address === only.address && port === only.port ? only : undefined),
  routeConfig: () => undefined,
  cluster: name => clusters.get(name),
});
const http: EnvoyCall = {
  entry: 'outbound',
  address: '10.0.0.1',
  port: 80,
  protocol: 'http/1.1',
  request: { method: 'GET', authority: 'a.com', path: '/x?q', scheme: 'http', headers: {} },
};
const tcp: EnvoyCall = { entry: 'outbound', address: '10.0.0.1', port: 80, protocol: 'tcp' };
const run = (filter: FilterChain['filter'], call: EnvoyCall, more: Partial<Listener> = {}) =>
  runCall(programOf(listener([chain(filter)], more)), call);
const inspected = { httpInspector: { disabledPorts: [] } } as const;

describe('how a call ends', () => {
  it('at a host of the cluster', () => {
    const walk = run(manager(forwardTo('up')), http);
    expect(walk).toMatchObject({ outcome: 'forwarded', virtualHost: { name: 'a' } });
    expect(walk.steps.map(step => step.kind)).toEqual([
      'listener',
      'filter-chain',
      'route-config',
      'virtual-host',
      'route',
      'cluster',
      'endpoint',
    ]);
  });
  it.each([
    ['a missing cluster', 'no-such', 'no-cluster'],
    ['no healthy host', 'empty', 'no-healthy-host'],
    ['the original destination', 'original', 'forwarded'],
  ] as const)('at %s', (_, name, outcome) => {
    expect(run(manager(forwardTo(name)), http).outcome).toBe(outcome);
  });
  it('at one of several clusters, one of which may be missing', () => {
    const walk = run(manager(forwardTo('up', 'no-such')), http);
    expect(walk.outcome).toBe('split');
    expect(walk.clusters.map(item => item.cluster?.name)).toEqual(['up', undefined]);
  });
  it('with an answer of the proxy', () => {
    const walk = run(manager({ kind: 'direct-response', status: 502 }), http);
    expect(walk).toMatchObject({ outcome: 'direct-response', status: 502 });
    expect(walk.steps.at(-1)?.blocks).toBe(true);
  });
  it('without a listener, or one that takes only redirected connections', () => {
    expect(run(manager(forwardTo('up')), { ...http, port: 81 }).outcome).toBe('no-listener');
    const direct = run(manager(forwardTo('up')), { ...http, entry: 'direct' });
    expect(direct.outcome).toBe('no-listener');
    expect(direct.steps[0]?.candidates.at(-1)?.failed).toEqual([
      'takes redirected connections only',
    ]);
  });
  it('an IPv6 destination does not reach the IPv4 wildcard', () => {
    const call = { ...http, address: '2001:db8::1' };
    expect(run(manager(forwardTo('up')), call).outcome).toBe('no-listener');
  });
});

describe('protocols at a connection manager', () => {
  const filter = manager(forwardTo('up'));
  it('TLS and other bytes are errors', () => {
    expect(run(filter, { ...http, tls: { alpn: [] } }).outcome).toBe('protocol-error');
    expect(run(filter, tcp).outcome).toBe('protocol-error');
  });
  it('HTTP/1.0 is answered 426 unless it is accepted', () => {
    const old = { ...http, protocol: 'http/1.0' } as const;
    expect(run(filter, old)).toMatchObject({ outcome: 'upgrade-required', status: 426 });
    expect(run({ ...filter, acceptHttp10: true }, old).outcome).toBe('forwarded');
  });
  it('a request without Host is answered 400', () => {
    const { request } = http;
    if (request === undefined) throw new Error('no request');
    const { authority: _, ...rest } = request;
    expect(run(filter, { ...http, request: rest })).toMatchObject({
      outcome: 'bad-request',
      status: 400,
    });
  });
  it('CONNECT finds no route, and another Host no virtual host', () => {
    const { request } = http;
    if (request === undefined) throw new Error('no request');
    const ask = (more: Partial<CallRequest>) =>
      run(filter, { ...http, request: { ...request, ...more } });
    expect(ask({ method: 'CONNECT' })).toMatchObject({ outcome: 'no-route', status: 404 });
    expect(ask({ authority: 'b.com' })).toMatchObject({ outcome: 'no-virtual-host', status: 404 });
  });
});

describe('a client that waits for the server', () => {
  const call = { ...tcp, serverFirst: true };
  const passThrough = { kind: 'tcp', clusters: { kind: 'single', name: 'original' } } as const;
  it('goes through where nothing is inspected', () => {
    expect(run(passThrough, call).outcome).toBe('forwarded');
  });
  it('waits for ever where the time limit is 0', () => {
    expect(run(passThrough, call, inspected).outcome).toBe('waiting');
  });
  it('goes on after the time limit, or is closed', () => {
    const limit = { ...inspected, listenerFiltersTimeoutMs: 100 };
    expect(run(passThrough, call, limit).outcome).toBe('forwarded');
    const closing = { ...limit, continueOnListenerFiltersTimeout: false };
    expect(run(passThrough, call, closing).outcome).toBe('timed-out');
  });
  it('does not wait on a port that the inspector leaves out', () => {
    const left = { httpInspector: { disabledPorts: [80] } };
    expect(run(passThrough, call, left).outcome).toBe('forwarded');
  });
});

describe('TLS that the chain terminates', () => {
  const filter = manager(forwardTo('up'));
  const ask = (tls: FilterChain['tls'], call: EnvoyCall) =>
    runCall(programOf(listener([chain(filter, tls === undefined ? {} : { tls })])), call).outcome;
  const mesh = { certificate: 'default', requireClientCertificate: true };
  const file = { certificate: 'server', requireClientCertificate: false };
  const own = { alpn: [], certificate: { name: 'default' } };
  it('must be offered, and of the kind that is terminated', () => {
    expect(ask(file, http)).toBe('tls-expected');
    expect(ask(file, { ...http, tls: { alpn: [] } })).toBe('forwarded');
    expect(ask(mesh, { ...http, tls: { alpn: [] } })).toBe('wrong-tls');
    expect(ask(mesh, { ...http, tls: own })).toBe('forwarded');
    expect(ask(file, { ...http, tls: own })).toBe('wrong-tls');
  });
});

describe('rewrites', () => {
  const rewritten = (action: RouteAction, more: Partial<Route> = {}) =>
    run(manager(action, more), http).rewrite;
  const base = { kind: 'forward', clusters: { kind: 'single', name: 'up' } } as const;
  it('replaces the matched prefix and keeps the query', () => {
    const prefix = { kind: 'prefix', value: '/x' } as const;
    const match = { path: prefix, headers: [], queryParameters: [] };
    expect(rewritten({ ...base, prefixRewrite: '/new' }, { match })).toEqual({ path: '/new?q' });
  });
  it('replaces by RE2 with groups', () => {
    const regexRewrite = { pattern: '^/(.)', substitution: '/\\1$' };
    expect(rewritten({ ...base, regexRewrite })).toEqual({ path: '/x$?q' });
  });
  it('replaces the host', () => {
    expect(rewritten({ ...base, hostRewrite: 'b.com' })).toEqual({ authority: 'b.com' });
    expect(rewritten(base)).toBe(undefined);
  });
});

describe('permit mode', () => {
  it('goes on after a block and marks what follows', () => {
    const rbac = [
      { kind: 'network-rbac', name: 'deny', action: 'ALLOW', policies: [], origin } as const,
    ];
    const program = programOf(listener([chain(manager(forwardTo('up')), { rbac })]));
    expect(runCall(program, http).steps.at(-1)).toMatchObject({ kind: 'policy', blocks: true });
    const walk = runCall(program, http, { permit: true });
    expect(walk.outcome).toBe('denied');
    expect(walk.steps.at(-1)).toMatchObject({ kind: 'endpoint', hypothetical: true });
  });
});
