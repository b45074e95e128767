import { audit } from '@sidetrace/core/audit';
import { readYaml } from '@sidetrace/loader';
import { expect, test } from 'vitest';
import { meshOf } from '../input/load-mesh';
import { auditInputOf } from './audit-input';

const yaml = `apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data:
  mesh: |
    outboundTrafficPolicy: { mode: REGISTRY_ONLY }
---
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: app, image: app:1 }] }
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: pay, namespace: shop }
spec:
  hosts: [pay.example.com]
  resolution: DNS
  ports: [{ number: 443, name: tls, protocol: TLS }]
`;
const loaded = meshOf(readYaml(yaml, 'mesh.yaml').resources, {
  filename: [],
  flags: {},
  verbose: false,
  config: {},
});
const blocked = (hosts?: readonly string[]) =>
  audit(
    auditInputOf(loaded, hosts === undefined ? undefined : [{ workload: 'shop/*', hosts }]),
  ).findings.filter(({ id }) => id === 'egress/declared-host-blocked');

test('a declared host that the policy blocks is found', () => {
  const [finding, ...more] = blocked(['pay.example.com', 'mail.example.com:443/TLS']);
  expect(more).toEqual([]);
  expect(finding?.hosts.list).toEqual(['mail.example.com']);
  expect(finding?.workloads.list).toEqual([{ kind: 'Deployment', namespace: 'shop', name: 'web' }]);
});

test('a declared host that the registry knows is none', () => {
  expect(blocked(['pay.example.com'])).toEqual([]);
});

test('without declared hosts their checks do not run, and say so', () => {
  const { skipped } = audit(auditInputOf(loaded));
  expect(skipped).toContainEqual({
    id: 'egress/declared-host-blocked',
    missing: ['declared-hosts'],
  });
});
