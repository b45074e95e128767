import { describe, expect, it } from 'vitest';
import { meshFromYaml } from '../mesh-from-yaml';
import type { MeshOptions } from '../settings/mesh-options';
import { virtualServicesSeenFrom } from './virtual-service-index';
import { meshVirtualServices } from './virtual-services';

const route = (name: string, spec: string, minute = 0, namespace = 'a') => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ${name}, namespace: ${namespace}, creationTimestamp: "2026-01-01T00:0${minute}:00Z"}
spec: {${spec}}`;
const to = (host: string) => `route: [{destination: {host: ${host}}}]`;

const meshOf = (documents: readonly string[], options: MeshOptions = {}) =>
  meshFromYaml(documents.join('\n---\n'), options);
const built = (documents: readonly string[], options: MeshOptions = {}) =>
  meshVirtualServices(meshOf(documents, options));

describe('names in a VirtualService', () => {
  it('without a dot are of its own namespace, gateways too', () => {
    const [item] = built([
      route(
        'v',
        `hosts: [web], gateways: [gw, mesh, ./own, b/other, old.c.svc.cluster.local], http: [{${to('api')}}]`,
      ),
    ]);
    expect(item?.hosts).toEqual(['web.a.svc.cluster.local']);
    expect(item?.gateways).toEqual(['a/gw', 'mesh', 'a/own', 'b/other', 'c/old']);
    expect(item?.http[0]?.route[0]?.destination.host).toBe('api.a.svc.cluster.local');
  });

  it('a wildcard, a name with a dot and an address stay', () => {
    const [item] = built([
      route('v', `hosts: ["*", example.com, "2001:db8::1"], http: [{${to('x.example.com')}}]`),
    ]);
    expect(item?.hosts).toEqual(['*', 'example.com', '2001:db8::1']);
    expect(item?.gateways).toEqual(['mesh']);
  });
});

describe('delegates', () => {
  const root = route(
    'root',
    'hosts: [x.example.com], http: [{name: r, match: [{uri: {prefix: /a}}], delegate: {name: leaf, namespace: b}}]',
  );
  const leaf = (match: string, more = '') =>
    route('leaf', `http: [{name: l, match: [${match}], ${to('y.example.com')}}]${more}`, 1, 'b');

  it('narrow the rule that names them', () => {
    const [item, ...others] = built([root, leaf('{uri: {prefix: /a/b}, method: {exact: GET}}')]);
    expect(others).toEqual([]);
    expect(item?.http).toMatchObject([
      {
        name: 'r-l',
        match: [{ uri: { kind: 'prefix', value: '/a/b' }, method: { value: 'GET' } }],
      },
    ]);
    expect(item?.http[0]?.origin).toMatchObject({ object: { name: 'leaf' }, path: 'spec.http.0' });
    expect(item?.delegates).toEqual([{ kind: 'VirtualService', namespace: 'b', name: 'leaf' }]);
  });

  it.each([
    ['of another prefix', '{uri: {prefix: /b}}'],
    ['by a regular expression', '{uri: {regex: "/a.*"}}'],
  ])('a rule %s than the root allows is dropped', (_, match) => {
    expect(built([root, leaf(match)])[0]?.http).toEqual([]);
  });

  const merged = (ofRoot: string, ofLeaf: string) => {
    const of = root.replace('match: [{uri: {prefix: /a}}]', `match: [{${ofRoot}}]`);
    return built([of, leaf(`{${ofLeaf}}`)])[0]?.http.map(({ match: [only] }) => only);
  };
  it.each([
    ['sourceNamespace: a', 'sourceNamespace: b'],
    ['sourceNamespace: a', 'uri: {prefix: /a}'],
    ['sourceLabels: {app: one}', 'sourceLabels: {app: two}'],
    ['gateways: [mesh]', 'gateways: [other/gw]'],
    ['gateways: [mesh]', 'gateways: [mesh, other/gw]'],
    ['withoutHeaders: {x-a: {exact: "1"}}', 'withoutHeaders: {x-a: {exact: "2"}}'],
  ])('a root with %s takes no leaf with %s', (ofRoot, ofLeaf) => {
    expect(merged(ofRoot, ofLeaf)).toEqual([]);
  });
  it('sources of the root and of the leaf both count', () => {
    expect(
      merged(
        'sourceLabels: {app: one}, gateways: [mesh, other/gw]',
        'sourceLabels: {version: v1}, gateways: [mesh], sourceNamespace: b',
      ),
    ).toMatchObject([
      { sourceLabels: { app: 'one', version: 'v1' }, gateways: ['mesh'], sourceNamespace: 'b' },
    ]);
    expect(
      merged('headers: {x-a: {exact: "1"}}', 'withoutHeaders: {x-a: {exact: "2"}}'),
    ).toHaveLength(1);
  });

  it('one that is missing or not exported leaves the rule out', () => {
    expect(built([root])[0]?.http).toEqual([]);
    expect(built([root, leaf('{uri: {prefix: /a}}', ', exportTo: ["."]')])[0]?.http).toEqual([]);
  });

  it('stand in the order of age since 1.28, at the end before', () => {
    const younger = route('younger', `hosts: [x.example.com], http: [{${to('z.example.com')}}]`, 2);
    const names = (istioVersion: string) =>
      built([root, younger], { istioVersion }).map(({ name }) => name);
    expect(names('1.32')).toEqual(['root', 'younger']);
    expect(names('1.26')).toEqual(['younger', 'root']);
  });
});

describe('who sees a VirtualService', () => {
  const seen = (documents: readonly string[], namespace: string, gateway = 'mesh') =>
    virtualServicesSeenFrom(meshOf(documents), namespace, gateway).map(({ name }) => name);
  const plain = `hosts: [x.example.com], http: [{${to('y.example.com')}}]`;

  it('its own namespace first, then those exported to it, then the public ones', () => {
    const documents = [
      route('public', plain, 0),
      route('given', `${plain}, exportTo: [b]`, 1),
      route('own', `${plain}, exportTo: ["."]`, 2, 'b'),
      route('hidden', `${plain}, exportTo: ["~"]`, 0, 'b'),
    ];
    expect(seen(documents, 'b')).toEqual(['own', 'given', 'public']);
    expect(seen(documents, 'c')).toEqual(['public']);
  });

  it('by the gateway that it names', () => {
    const documents = [route('v', `${plain}, gateways: [gw]`)];
    expect(seen(documents, 'a')).toEqual([]);
    expect(seen(documents, 'c', 'a/gw')).toEqual(['v']);
  });
});
