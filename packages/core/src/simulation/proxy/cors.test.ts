import { describe, expect, it } from 'vitest';
import { meshFromYaml } from '../../mesh/mesh-from-yaml';
import { deployment, entry, http, istio, namespace } from '../../testing/manifest-text';
import { simulate } from '../simulate';
import type { Call } from '../trace';

const base = namespace('shop') + deployment('web') + entry('api.example', http);
const route = (rule: string) =>
  istio('VirtualService', 'api', 'shop', `{hosts: [api.example], http: [{${rule}}]}`);
const forward = 'route: [{destination: {host: api.example}}]';
const cors = (more = '') => `corsPolicy: {allowOrigins: [{exact: "https://shop.example"}]${more}}`;
const preflight = {
  from: { kind: 'Deployment', namespace: 'shop', name: 'web' },
  to: 'api.example',
  port: 80,
  protocol: 'http',
  method: 'OPTIONS',
  headers: { Origin: 'https://shop.example', 'Access-Control-Request-Method': 'PUT' },
} as const satisfies Call;

function ask(manifests: string, call: Partial<Call> = {}) {
  const trace = simulate(meshFromYaml(base + manifests), { ...preflight, ...call });
  const { disposition, symptom } = trace;
  return [disposition, symptom.http?.status, symptom.http?.answeredBy, symptom.cluster];
}
const cluster = 'outbound|80||api.example';
const answered = ['answered-by-proxy', 200, 'envoy', cluster];
const delivered = ['delivered', 200, 'remote', cluster];

describe('a route with a CORS policy', () => {
  it('answers the preflight of an origin that it allows', () => {
    expect(ask(route(`${cors()}, ${forward}`))).toEqual(answered);
    expect(ask(route(`corsPolicy: {allowOrigin: ["*"]}, ${forward}`))).toEqual(answered);
  });
  it('lets requests themselves go on, and OPTIONS that is no preflight', () => {
    expect(ask(route(`${cors()}, ${forward}`), { method: 'PUT' })).toEqual(delivered);
    expect(ask(route(`${cors()}, ${forward}`), { headers: {} })).toEqual(delivered);
    expect(ask(route(forward))).toEqual(delivered);
  });
  it('lets the preflight of another origin go on, unless it is to be ignored', () => {
    const headers = { ...preflight.headers, Origin: 'https://other.example' };
    expect(ask(route(`${cors()}, ${forward}`), { headers })).toEqual(delivered);
    const ignoring = route(`${cors(', unmatchedPreflights: IGNORE')}, ${forward}`);
    expect(ask(ignoring, { headers })).toEqual(answered);
  });
  it('has no part in a redirect, and comes after a fault', () => {
    expect(ask(route(`${cors()}, redirect: {uri: /new}`))[1]).toBe(301);
    const fault = 'fault: {abort: {httpStatus: 418, percentage: {value: 100}}}';
    expect(ask(route(`${cors()}, ${fault}, ${forward}`))[1]).toBe(418);
  });
  it('lends the policy to its delegate that has none', () => {
    const delegate = (rule: string) =>
      istio('VirtualService', 'part', 'shop', `{http: [{${rule}${forward}}]}`);
    const root = route(`${cors()}, delegate: {name: part, namespace: shop}`);
    expect(ask(root + delegate(''))).toEqual(answered);
    const own = 'corsPolicy: {allowOrigins: [{exact: "https://other.example"}]}, ';
    expect(ask(root + delegate(own))).toEqual(delivered);
  });
});
