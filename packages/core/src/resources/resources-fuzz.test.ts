import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeResources } from './decode-resources';
import { validateResource } from './validation';
import { judgedKinds } from './validation/kinds';

const source = { file: 'fuzz.yaml', document: 0, line: 1 };
const coreKinds = [
  'Pod',
  'Service',
  'Deployment',
  'EndpointSlice',
  'ConfigMap',
  'List',
  'Namespace',
];

const nasty = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '',
  '*',
  '~',
  'unix://',
  'configmap://',
  '((((',
  '1'.repeat(400),
);
const leaf = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  nasty,
);
const fieldName = fc.oneof(
  fc.constantFrom(
    ...['spec', 'hosts', 'ports', 'http', 'match', 'uri', 'tls', 'egress', 'labels', 'mode'],
    ...['trafficPolicy', 'endpoints', 'servers', 'rules', 'template', 'data', 'mesh', 'items'],
    ...['metadata', 'annotations', 'status', 'containers', 'exportTo', 'port', 'route'],
  ),
  nasty,
  fc.string(),
);
const { tree } = fc.letrec(tie => ({
  tree: fc.oneof(
    { depthSize: 'small', maxDepth: 6 },
    leaf,
    fc.array(tie('tree'), { maxLength: 4 }),
    fc
      .array(fc.tuple(fieldName, tie('tree')), { maxLength: 5 })
      .map(entries =>
        JSON.parse(
          `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`).join(',')}}`,
        ),
      ),
  ),
}));

/** An object of a known kind with anything in it. */
const object = fc
  .tuple(fc.constantFrom(...judgedKinds.keys(), ...coreKinds), tree, tree, tree)
  .map(([kind, spec, metadata, rest]) => ({
    ...(typeof rest === 'object' && rest !== null ? rest : {}),
    apiVersion: `${judgedKinds.get(kind)?.group ?? ''}/v1`.replace(/^\//, ''),
    kind,
    metadata,
    spec,
  }));

const clean = () => Object.getOwnPropertyNames(Object.prototype).sort().join();

describe('arbitrary input', () => {
  it('never throws, pollutes no prototype and changes no input', () => {
    const before = clean();
    fc.assert(
      fc.property(fc.oneof(object, tree), value => {
        const text = JSON.stringify(value);
        decodeResources([{ value, source }]);
        validateResource({ value, source });
        expect(JSON.stringify(value)).toBe(text);
      }),
      { numRuns: 600, seed: 7 },
    );
    expect(clean()).toBe(before);
  });

  it('gives the same answer twice', () => {
    fc.assert(
      fc.property(object, value => {
        const raw = [{ value, source }];
        expect(decodeResources(raw)).toEqual(decodeResources(raw));
      }),
      { numRuns: 100, seed: 11 },
    );
  });

  it('keeps `__proto__` as an ordinary label', () => {
    const value: unknown = JSON.parse(
      '{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"a","labels":{"__proto__":"x","constructor":"y"}}}',
    );
    const [namespace] = decodeResources([{ value, source }]).resources.namespaces;
    const labels = namespace?.metadata.labels ?? {};
    expect(Object.entries(labels)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
    expect(Object.getPrototypeOf(labels)).toBe(Object.prototype);
  });

  it('follows deep nesting and long lists without giving up', () => {
    let deep: unknown = 'end';
    for (let level = 0; level < 20_000; level += 1)
      deep = { kind: 'List', apiVersion: 'v1', items: [deep] };
    const { issues } = decodeResources([{ value: deep, source }]);
    expect(issues.map(issue => issue.code)).toEqual(['too-deep']);
    const hosts = Array.from({ length: 20_000 }, (_, at) => `h${at}.example.com`);
    const match = hosts.map(host => ({ uri: { prefix: `/${host}` } }));
    const spec = { hosts, http: [{ match, route: [{ destination: { host: 'a' } }] }] };
    const metadata = { name: 'many', namespace: 'a' };
    const value = { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata, spec };
    expect(validateResource({ value, source })?.admission.accepted).toBe(true);
  });
});
