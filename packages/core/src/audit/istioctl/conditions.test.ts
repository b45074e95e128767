import { expect, test } from 'vitest';
import { decodeResources } from '../../resources';
import { analyzeAsIstioctl } from './analyze';

const apiVersions: Readonly<Record<string, string>> = {
  Service: 'v1',
  ServiceEntry: 'networking.istio.io/v1',
  AuthorizationPolicy: 'security.istio.io/v1',
  Gateway: 'gateway.networking.k8s.io/v1',
  HTTPRoute: 'gateway.networking.k8s.io/v1',
};

/** Kinds and types of `conditions/conditions.go` in istio/istio. */
test.each([
  ['ServiceEntry', 'istio.io/WaypointBound', 'False', 1],
  ['Service', 'istio.io/WaypointBound', 'False', 1],
  ['Service', 'istio.io/WaypointBound', 'True', 0],
  ['Service', 'istio.io/Other', 'False', 0],
  ['AuthorizationPolicy', 'ZtunnelAccepted', 'False', 1],
  ['AuthorizationPolicy', 'istio.io/WaypointBound', 'False', 0],
  ['Gateway', 'Programmed', 'False', 1],
  ['HTTPRoute', 'ResolvedRefs', 'False', 1],
  ['HTTPRoute', 'ResolvedRefs', 'Unknown', 0],
  ['Service', 'istio.io/WaypointBound', '', 0],
  ['Service', 'istio.io/Other', '', 1],
])('%s with %s %s: IST0171 %i times', (kind, type, status, count) => {
  expect(found(kind, { type, status, reason: 'R', message: 'm' })).toHaveLength(count);
});

test('a policy that a waypoint takes in part is told although its condition is true', () => {
  const partly = { type: 'WaypointAccepted', status: 'True', reason: 'PartiallyInvalid' };
  expect(found('AuthorizationPolicy', partly)).toHaveLength(1);
  expect(found('AuthorizationPolicy', { ...partly, reason: 'Accepted' })).toEqual([]);
});

function found(kind: string, condition: object): readonly string[] {
  const conditions = [condition];
  const value = {
    apiVersion: apiVersions[kind],
    kind,
    metadata: { name: 'a', namespace: 'shop' },
    status: kind === 'HTTPRoute' ? { parents: [{ conditions }] } : { conditions },
  };
  const source = { file: 'm.yaml', document: 0, line: 1 };
  return analyzeAsIstioctl(decodeResources([{ value, source }]), '1.32')
    .filter(({ code }) => code === 'IST0171')
    .map(({ message }) => message);
}
