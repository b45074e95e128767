import { describe, expect, it } from 'vitest';
import { meshFromYaml } from '../../mesh/mesh-from-yaml';
import {
  deployment,
  http,
  istio,
  namespace,
  registryOnly,
  service,
  tls,
  tlsThroughGateway,
} from '../../testing/manifest-text';
import { parseYaml } from '../../yaml';
import { type CheckOptions, checkExpectations } from './check-expectations';
import type { Expectation, Expectations } from './expectations';
import { explainExpectation } from './explain-expectation';
import { initExpectations } from './init-expectations';
import { parseExpectations } from './reading/parse-expectations';

const text =
  registryOnly +
  namespace('shop') +
  deployment('web', { labels: ', tier: front' }) +
  deployment('batch', { annotations: 'traffic.sidecar.istio.io/excludeOutboundPorts: "3306"' }) +
  service('web', 'shop', '{name: http, port: 80}') +
  tlsThroughGateway +
  istio(
    'ServiceEntry',
    'rates',
    'shop',
    `{hosts: [rates.example, old.example], location: MESH_EXTERNAL, resolution: STATIC, ports: [${http}], endpoints: [{address: 198.51.100.7}, {address: 198.51.100.8}]}`,
  ) +
  istio(
    'ServiceEntry',
    'wild',
    'shop',
    `{hosts: ["*.cdn.example"], location: MESH_EXTERNAL, resolution: NONE, ports: [${tls}]}`,
  );

const mesh = meshFromYaml(text);

const pay = 'pay.example:443/TLS';
const base = { id: 'one', from: { namespace: 'shop', workload: 'web' }, to: pay };

function read(expectation: object, more: object = {}): Expectations {
  const { expectations, issues } = parseExpectations({
    apiVersion: 'sidetrace.dev/v1alpha1',
    kind: 'Expectations',
    ...more,
    expectations: [{ ...base, ...expectation }],
  });
  if (expectations === undefined) throw new Error(issues[0]?.message);
  return expectations;
}

function check(expectation: object, options: CheckOptions = {}, more: object = {}, where = mesh) {
  const { results, exitCode } = checkExpectations(where, read(expectation, more), options);
  const [result] = results;
  if (result === undefined) throw new Error('no result');
  return { ...result, exitCode };
}
const statusOf = (expectation: object, options: CheckOptions = {}, more: object = {}) =>
  check(expectation, options, more).status;

describe('the way of a call', () => {
  it.each<[Expectation['via'], string]>([
    [{ only: 'egress/gateway' }, 'holds'],
    [{ only: 'gateway' }, 'holds'],
    [{ only: 'egress/other' }, 'violated'],
    [{ through: 'egress/gateway' }, 'holds'],
    [{ through: 'egress/other' }, 'violated'],
    [{ never: 'egress/gateway' }, 'violated'],
    [{ never: 'egress/other' }, 'holds'],
    ['direct', 'violated'],
  ])('%o of a host behind a gateway: %s', (via, status) => {
    expect(statusOf({ must: 'reach', via })).toBe(status);
  });
  it('is direct without a gateway', () => {
    const to = 'rates.example:80/HTTP';
    expect(statusOf({ to, must: 'reach', via: 'direct' })).toBe('holds');
    expect(statusOf({ to, must: 'reach', via: { only: 'egress/gateway' } })).toBe('violated');
  });
  it('does not matter for what is not reached', () => {
    expect(statusOf({ to: 'no.example:443/TLS', must: 'not-reach', via: 'direct' })).toBe('holds');
  });
});

describe('pods and endpoints that disagree', () => {
  const to = 'rates.example:80/HTTP';
  const world = { refusingAddresses: ['198.51.100.8'] };
  it('violate for all, and hold for any', () => {
    expect(statusOf({ to, must: 'reach' }, { world })).toBe('violated');
    expect(statusOf({ to, must: 'reach', quantifier: 'any' }, { world })).toBe('holds');
    expect(statusOf({ to, must: 'not-reach', quantifier: 'any' }, { world })).toBe('holds');
    const anyByDefault = { defaults: { quantifier: 'any' } };
    expect(statusOf({ to, must: 'reach' }, { world }, anyByDefault)).toBe('holds');
  });
  it('are mixed, which may be ruled out', () => {
    expect(statusOf({ to, mustNotBe: ['mixed'] }, { world })).toBe('violated');
    expect(statusOf({ to, mustNotBe: ['mixed'] })).toBe('holds');
  });
  it('are counted by pods, with the first fact, its cause and its place', () => {
    const pods = ['a', 'b', 'c'].map(
      name => `
---
apiVersion: v1
kind: Pod
metadata:
  name: api-${name}
  namespace: shop
  labels: {app: api}
  ownerReferences: [{kind: StatefulSet, name: api, apiVersion: apps/v1}]
  annotations: {traffic.sidecar.istio.io/excludeOutboundPorts: "${name === 'c' ? '' : '443'}"}
spec: {containers: [{name: app}]}`,
    );
    const stateful = `
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: api, namespace: shop}
spec: {selector: {matchLabels: {app: api}}, template: {metadata: {labels: {app: api}}, spec: {containers: [{name: app}]}}}`;
    const from = { namespace: 'shop', workload: 'api' };
    const via = { only: 'egress/gateway' };
    const found = check(
      { from, must: 'reach', via },
      {},
      {},
      meshFromYaml(text + stateful + pods.join('')),
    );
    expect(found.status).toBe('violated');
    expect(found.sentence).toContain(
      '`api` in `shop` must reach `pay.example:443/TLS` only through `egress/gateway`: 2 of 3 pods against it',
    );
    expect(found.sentence).toContain('reaches by bypass (excluded-port');
    expect(found.counterexamples.reduce((sum, { pods }) => sum + pods, 0)).toBe(2);
  });
});

describe('`any`', () => {
  const batch = { namespace: 'shop', workload: 'batch' };
  it('stands for what the mesh knows, what the file names, unregistered hosts, an address and exempted ports', () => {
    const found = check({ from: batch, to: 'any', mustNotBe: ['bypass'] });
    expect(found.status).toBe('violated');
    expect(found.counterexamples.map(({ row }) => `${row.host}:${row.port}`)).toEqual([
      'unregistered.example:3306',
    ]);
    const web = check(
      { to: 'any', mustNotBe: ['bypass'] },
      {},
      { groups: { more: ['a.example:443'] } },
    );
    expect(web.status).toBe('holds');
    // 4 hosts of entries, one of a group, 3 unregistered, one address
    expect(web.destinations).toBe(9);
  });
  it('does not include gateways among every workload', () => {
    const found = check({ from: { namespace: '*' }, to: 'any', mustNotBe: ['passthrough'] });
    expect(found.workloads).toBe(2);
  });
});

describe('subjects', () => {
  it.each([
    [{ namespace: 'sh*', workload: 'w*b' }, 1],
    [{ namespace: '*', labels: { tier: 'front' } }, 1],
    [{ namespace: 'shop', service: 'web' }, 1],
    [{ namespace: 'shop', entity: 'component:default/shop' }, 2],
    [{ namespace: 'egress', workload: 'gateway' }, 1],
  ])('%o are %i workloads', (from, workloads) => {
    const entities = { 'component:default/shop': ['shop/web', 'shop/batch'] };
    expect(check({ from, mustNotBe: ['undetermined'] }, { entities }).workloads).toBe(workloads);
  });
  it.each([
    { namespace: 'shop', workload: 'we' },
    { namespace: 'shop', workload: '*x*' },
    { namespace: 'shop', labels: { tier: 'back' } },
    { namespace: 'shop', service: 'api' },
    { namespace: 'shop', entity: 'nobody' },
  ])('that are nobody are a failure: %o', from => {
    expect(check({ from, must: 'reach' })).toMatchObject({
      status: 'nothing-matched',
      exitCode: 2,
    });
  });
});

describe('levels, waivers and what is not known', () => {
  const wrong = { must: 'not-reach' };
  it('decide the exit code', () => {
    expect(check(wrong).exitCode).toBe(1);
    expect(check({ ...wrong, level: 'warning' }).exitCode).toBe(0);
    expect(check({ ...wrong, level: 'warning' }, { failOn: 'warning' }).exitCode).toBe(1);
  });
  it('say what a waiver does', () => {
    const waiver = { until: '2027-01-31', owner: 'team-pay', reason: 'migration' };
    const at = (today: string, claim = wrong) => check({ ...claim, waiver }, { today });
    expect(at('2027-01-31')).toMatchObject({ status: 'waived', waiverState: 'used', exitCode: 0 });
    expect(at('2027-02-01')).toMatchObject({
      status: 'violated',
      waiverState: 'expired',
      exitCode: 1,
    });
    expect(at('2027-01-01', { must: 'reach' })).toMatchObject({
      status: 'holds',
      waiverState: 'unneeded',
    });
  });
  it('are an error of their own, unless ignored', () => {
    const unknown = meshFromYaml(
      text.replace('{name: shop, labels: {istio-injection: enabled}}', '{name: other}'),
    );
    const of = (more: object, options: CheckOptions = {}) =>
      check({ must: 'reach', ...more }, options, {}, unknown);
    expect(of({})).toMatchObject({ status: 'undetermined', exitCode: 4 });
    expect(of({ must: 'not-reach' })).toMatchObject({ status: 'undetermined', exitCode: 4 });
    expect(of({ undetermined: 'ignore' })).toMatchObject({ status: 'holds', exitCode: 0 });
    expect(of({}, { failOn: 'undetermined' }).exitCode).toBe(1);
  });
});

describe('reasons', () => {
  it('are a subset of those of the answer', () => {
    expect(statusOf({ must: 'reach', because: ['egress-gateway'] })).toBe('holds');
    expect(statusOf({ must: 'reach', because: ['egress-gateway', 'allow-any'] })).toBe('violated');
  });
  it('are of the closed set, and a wrong one is answered with those that are near', () => {
    expect(() => read({ must: 'not-reach', because: ['registry-only-no-match'] })).toThrow(
      /`registry-only-no-match` is none of .*near are .*`registry-only-no-listener`/,
    );
  });
});

describe('a claim', () => {
  it('holds or is violated', () => {
    expect(statusOf({ must: 'reach' })).toBe('holds');
    expect(statusOf({ must: 'not-reach' })).toBe('violated');
    expect(statusOf({ to: 'no.example:443/TLS', must: 'not-reach' })).toBe('holds');
  });
  it.each([
    [{ must: 'reach', colour: 'red' }, 'unknown field `colour`'],
    [{ must: 'maybe' }, 'none of'],
    [{ must: 'reach', to: 'group:nobody' }, 'there is no group `nobody`'],
    [{}, 'says neither'],
  ])('is read strictly: %o', (expectation, message) => {
    expect(() => read(expectation)).toThrow(message);
  });
});

describe('a file', () => {
  it('is read as YAML with dates as people write them', () => {
    const written = parseYaml(`
apiVersion: sidetrace.dev/v1alpha1
kind: Expectations
defaults: { level: error, quantifier: all, undetermined: fail }
groups:
  payment-apis: ["pay.example:443/TLS", "rates.example:80/HTTP"]
expectations:
  - id: payments
    why: they are paid for
    from: { namespace: shop, workload: web }
    to: group:payment-apis
    must: reach
    because: []
    waiver: { until: 2027-01-31, owner: team-pay, reason: migration }
`);
    if (!written.ok) throw new Error(written.message);
    const { expectations, issues } = parseExpectations(written.value);
    expect(issues).toEqual([]);
    const [result] =
      expectations === undefined ? [] : checkExpectations(mesh, expectations).results;
    expect(result).toMatchObject({ status: 'holds', destinations: 2, why: 'they are paid for' });
  });
  it.each([
    ['host:0/TLS', false],
    ['host:65536', false],
    ['host:443/tls', false],
    ['https://host', false],
    ['[2001:db8::1]:443/TCP', true],
    ['198.51.100.7', true],
    ['*.cdn.example:443/TLS', true],
  ])('names the destination `%s`: %s', (to, valid) => {
    const parsed = parseExpectations({
      apiVersion: 'sidetrace.dev/v1alpha1',
      kind: 'Expectations',
      expectations: [{ ...base, to, must: 'reach' }],
    });
    expect(parsed.expectations !== undefined).toBe(valid);
  });
});

describe('today’s access', () => {
  it('is written with a name for each wildcard, and holds', () => {
    const today = initExpectations(mesh);
    expect(parseExpectations(today).issues).toEqual([]);
    expect(today.expectations.map(({ to }) => to)).toContain('sample.cdn.example:443/TLS');
    expect(today.expectations.map(({ to }) => to)).toContain('unregistered.example:443/TLS');
    expect(checkExpectations(mesh, today)).toMatchObject({
      violated: 0,
      undetermined: 0,
      exitCode: 0,
    });
  });
  it('is violated when it changes', () => {
    const today = initExpectations(mesh);
    const open = meshFromYaml(text.replace('REGISTRY_ONLY', 'ALLOW_ANY'));
    expect(checkExpectations(open, today).violated).toBeGreaterThan(0);
  });
});

describe('an expectation explained', () => {
  it('has the trace of every way, what is against it first', () => {
    const file = read({ to: 'rates.example:80/HTTP', must: 'reach' });
    const world = { refusingAddresses: ['198.51.100.8'] };
    const explained = explainExpectation(mesh, file, 'one', { world });
    expect(explained?.claim).toBe('`web` in `shop` must reach `rates.example:80/HTTP`');
    expect(explained?.ways.map(({ holds, trace }) => [holds, trace.symptom.code])).toEqual([
      [false, 'http:503'],
      [true, 'http:200'],
    ]);
    expect(explainExpectation(mesh, file, 'two')).toBeUndefined();
  });
});
