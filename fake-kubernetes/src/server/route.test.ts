import { expect, test } from 'vitest';
import { type Route, routeOf } from './route';

const core = { kind: 'resource', group: '', version: 'v1' } as const;

test.each<[string, Route]>([
  ['/version', { kind: 'version' }],
  ['/api/', { kind: 'core-versions' }],
  ['/apis/apps', { kind: 'group', group: 'apps' }],
  ['/apis/apps/v1', { kind: 'resources', group: 'apps', version: 'v1' }],
  ['/api/v1/pods', { ...core, plural: 'pods' }],
  ['/api/v1/namespaces', { ...core, plural: 'namespaces' }],
  ['/api/v1/namespaces/shop', { ...core, plural: 'namespaces', name: 'shop' }],
  ['/api/v1/namespaces/shop/pods', { ...core, plural: 'pods', namespace: 'shop' }],
  ['/api/v1/namespaces/shop/pods/a', { ...core, plural: 'pods', namespace: 'shop', name: 'a' }],
  ['/api/v1/namespaces/shop/pods/a/log', { kind: 'unknown' }],
  ['/api/v1/nodes/a/status', { kind: 'unknown' }],
  ['/', { kind: 'unknown' }],
  ['/other', { kind: 'unknown' }],
])('%s', (path, route) => {
  expect(routeOf(path)).toEqual(route);
});

test('a path below what stands before every path', () => {
  expect(routeOf('/k8s/c-1/api/v1/pods', '/k8s/c-1')).toEqual({ ...core, plural: 'pods' });
  expect(routeOf('/api/v1/pods', '/k8s/c-1')).toEqual({ kind: 'unknown' });
  expect(routeOf('/k8s/c-10/api/v1/pods', '/k8s/c-1')).toEqual({ kind: 'unknown' });
});
