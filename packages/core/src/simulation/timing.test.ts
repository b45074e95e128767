import { describe, expect, it } from 'vitest';
import { meshFromYaml } from '../mesh/mesh-from-yaml';
import { deployment, http, istio, meshConfig, namespace, tls } from '../testing/manifest-text';
import type { SimulateOptions } from './options';
import { simulate } from './simulate';
import type { Call } from './trace';

const mesh = (route: string, { config = 'connectTimeout: 2s', policy = '' } = {}) =>
  meshFromYaml(
    meshConfig(config) +
      namespace('shop') +
      deployment('web') +
      istio(
        'ServiceEntry',
        'pay',
        'shop',
        `{hosts: [pay.example], location: MESH_EXTERNAL, resolution: STATIC, endpoints: [{address: 198.51.100.7}], ports: [${http}, ${tls}]}`,
      ) +
      istio(
        'DestinationRule',
        'pay',
        'shop',
        `{host: pay.example, trafficPolicy: {${policy === '' ? 'loadBalancer: {simple: RANDOM}' : policy}}}`,
      ) +
      istio(
        'VirtualService',
        'pay',
        'shop',
        `{hosts: [pay.example], http: [{${route}route: [{destination: {host: pay.example}}]}]}`,
      ),
  );

const web = { kind: 'Deployment', namespace: 'shop', name: 'web' } as const;
const page: Call = { from: web, to: 'pay.example', port: 80, protocol: 'http' };
const silent = { world: { silentAddresses: ['198.51.100.7'] } };
const codeOf = (made: ReturnType<typeof mesh>, call: Call, options: SimulateOptions = silent) => {
  const { code, responseFlags } = simulate(made, call, options).symptom;
  return [code, responseFlags];
};

describe('a destination that does not answer', () => {
  it('takes the connect timeout for each attempt: three for HTTP, one for other bytes', () => {
    const made = mesh('');
    expect(codeOf(made, { ...page, waitSeconds: 7 })).toEqual(['http:503', 'URX,UF']);
    expect(codeOf(made, { ...page, waitSeconds: 5 })[0]).toBe('http:timeout');
    const tls: Call = { ...page, port: 443, protocol: 'https' };
    expect(codeOf(made, { ...tls, waitSeconds: 3 })[0]).toBe('tls:closed');
    expect(codeOf(made, { ...tls, waitSeconds: 1 })[0]).toBe('tls:timeout');
  });
  it('takes that of the DestinationRule', () => {
    const made = mesh('', { policy: 'connectionPool: {tcp: {connectTimeout: 1s}}' });
    expect(codeOf(made, { ...page, waitSeconds: 4 })[0]).toBe('http:503');
  });
  it('takes ten seconds when nobody says', () => {
    const tls: Call = { ...page, port: 443, protocol: 'https' };
    const made = mesh('', { config: 'rootNamespace: istio-system' });
    expect(codeOf(made, { ...tls, waitSeconds: 9 })[0]).toBe('tls:timeout');
    expect(codeOf(made, { ...tls, waitSeconds: 11 })[0]).toBe('tls:closed');
  });
  it('is cut off by the timeout of the route', () => {
    expect(codeOf(mesh('timeout: 3s, '), { ...page, waitSeconds: 4 })).toEqual(['http:504', 'UT']);
    const tries = 'retries: {attempts: 2, perTryTimeout: 3s}, ';
    expect(codeOf(mesh(tries), { ...page, waitSeconds: 7 })).toEqual(['http:503', 'URX,UF']);
    expect(codeOf(mesh('retries: {attempts: 0}, '), { ...page, waitSeconds: 3 })).toEqual([
      'http:503',
      'UF',
    ]);
  });
});

describe('a slow answer', () => {
  const slow = { world: { slowPaths: { '/': 2.5 } } };
  it.each([
    ['timeout: 1s, ', ['http:504', 'UT']],
    ['timeout: 3s, ', ['http:200', undefined]],
    ['retries: {attempts: 2, perTryTimeout: 1s}, ', ['http:504', 'UT']],
    ['retries: {attempts: 2, perTryTimeout: 1s, retryOn: "reset"}, ', ['http:504', 'URX,UT']],
    [
      'timeout: 2s, retries: {attempts: 2, perTryTimeout: 1s, retryOn: "reset"}, ',
      ['http:504', 'UT'],
    ],
    ['retries: {attempts: 2, perTryTimeout: 3s}, ', ['http:200', undefined]],
  ])('under `%s`: %o', (route, seen) => {
    expect(codeOf(mesh(route), { ...page, waitSeconds: 20 }, slow)).toEqual(seen);
  });
});

describe('a fault that delays', () => {
  const slow = (percent: number, more = '') =>
    mesh(`fault: {delay: {fixedDelay: 3s, percentage: {value: ${percent}}}${more}}, `);
  const up = { world: { silentAddresses: [] } };
  it('keeps the client waiting, and is no timeout of the route', () => {
    expect(codeOf(slow(100), { ...page, waitSeconds: 2 }, up)[0]).toBe('http:timeout');
    expect(codeOf(slow(100), { ...page, waitSeconds: 4 }, up)).toEqual(['http:200', 'DI']);
    const limited = mesh(
      'timeout: 1s, fault: {delay: {fixedDelay: 3s, percentage: {value: 100}}}, ',
    );
    expect(codeOf(limited, { ...page, waitSeconds: 4 }, up)[0]).toBe('http:200');
  });
  it('goes before one that aborts', () => {
    const both = slow(100, ', abort: {httpStatus: 418, percentage: {value: 100}}');
    expect(codeOf(both, { ...page, waitSeconds: 4 }, up)).toEqual(['http:418', 'DI,FI']);
  });
  it('is left out below 100 percent', () => {
    expect(codeOf(slow(50), { ...page, waitSeconds: 2 }, up)[0]).toBe('http:200');
  });
});
