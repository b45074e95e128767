import { describe, expect, it } from 'vitest';
import { meshFromYaml } from '../../mesh/mesh-from-yaml';
import {
  deployment,
  namespace,
  registryOnly,
  tlsThroughGateway,
} from '../../testing/manifest-text';
import { gatewayEnforcement } from './gateway-enforcement';

const base =
  registryOnly +
  namespace('shop', 'istio-injection: enabled, team: a') +
  deployment('web', { labels: ', tier: app' }) +
  tlsThroughGateway;

const policy = (spec: string, name = 'egress') => `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}, namespace: shop}
spec: ${spec}`;

const toGateway =
  '{to: [{namespaceSelector: {matchLabels: {role: egress}}, podSelector: {matchLabels: {app: gateway}}}]}';
const everyPod = 'podSelector: {}, policyTypes: [Egress]';

function levelOf(manifests: string) {
  const rows = gatewayEnforcement(meshFromYaml(base + manifests));
  return rows.find(({ host }) => host === 'pay.example');
}

describe('an egress gateway', () => {
  it('is only the usual way without NetworkPolicies', () => {
    expect(levelOf('')).toMatchObject({
      level: 'routed-only',
      gateways: ['egress/gateway'],
      reasons: ['network-policy-not-supplied'],
      open: [{ kind: 'open', workload: { name: 'web' } }],
    });
  });
  it.each([
    ['a policy that lets nothing out', `{${everyPod}}`],
    ['one that lets out to the gateway only', `{${everyPod}, egress: [${toGateway}]}`],
    [
      'one that selects the pod by an expression',
      `{podSelector: {matchExpressions: [{key: tier, operator: In, values: [app, db]}]}, policyTypes: [Egress], egress: [${toGateway}]}`,
    ],
    [
      'an ipBlock of private addresses',
      `{${everyPod}, egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}]}]}`,
    ],
    [
      'an open destination on other ports',
      `{${everyPod}, egress: [{ports: [{port: 53, protocol: UDP}, {port: 8000, endPort: 8999}]}]}`,
    ],
    ['egress rules without policyTypes', `{podSelector: {}, egress: [${toGateway}]}`],
  ])('is enforced by %s', (_, spec) => {
    expect(levelOf(policy(spec))).toMatchObject({ level: 'enforced', open: [], reasons: [] });
  });
  it.each([
    ['a policy for other pods', '{podSelector: {matchLabels: {app: api}}, policyTypes: [Egress]}'],
    [
      'an expression that does not select the pod',
      '{podSelector: {matchExpressions: [{key: tier, operator: NotIn, values: [app]}]}, policyTypes: [Egress]}',
    ],
    ['a policy for ingress', '{podSelector: {}, policyTypes: [Ingress]}'],
    ['a policy without types and egress rules', '{podSelector: {}}'],
    ['a rule for every destination', `{${everyPod}, egress: [{}]}`],
    [
      'a rule for every destination on this port',
      `{${everyPod}, egress: [{ports: [{port: 443}]}]}`,
    ],
    ['a range of ports', `{${everyPod}, egress: [{ports: [{port: 400, endPort: 500}]}]}`],
    [
      'an ipBlock of all addresses but private ones',
      `{${everyPod}, egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}]}]}`,
    ],
  ])('is routed only with %s', (_, spec) => {
    expect(levelOf(policy(spec))?.level).toBe('routed-only');
  });
  it('is not enforced when one of several policies lets it out: they are added up', () => {
    const open = policy(
      `{podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: [{}]}`,
      'open',
    );
    expect(levelOf(policy(`{${everyPod}}`) + open)).toMatchObject({
      level: 'routed-only',
      open: [{ policies: [{ object: { name: 'open' } }] }],
    });
  });
  it('leaves it open when an ipBlock holds some public addresses and the address is not given', () => {
    const spec = `{${everyPod}, egress: [{to: [{ipBlock: {cidr: 198.51.100.0/24}}]}]}`;
    expect(levelOf(policy(spec))).toMatchObject({
      level: 'routed-only',
      open: [{ kind: 'unknown' }],
      reasons: ['address-not-given'],
    });
  });
  it('knows the addresses in the ServiceEntry', () => {
    const fixed = base.replace(
      'resolution: DNS,',
      'resolution: STATIC, endpoints: [{address: 203.0.113.9}],',
    );
    const spec = `{${everyPod}, egress: [{to: [{ipBlock: {cidr: 198.51.100.0/24}}]}]}`;
    const [row] = gatewayEnforcement(meshFromYaml(fixed + policy(spec)));
    expect(row?.level).toBe('enforced');
  });
  it('is bypassable when a pod goes around it, unless a policy stops that pod', () => {
    const tool = deployment('tool', {
      annotations: 'traffic.sidecar.istio.io/excludeOutboundPorts: "443"',
    });
    expect(levelOf(tool)).toMatchObject({
      level: 'bypassable',
      around: [{ workload: { name: 'tool' }, verdict: 'bypass' }],
    });
    expect(levelOf(tool + policy(`{${everyPod}, egress: [${toGateway}]}`))).toMatchObject({
      level: 'enforced',
      around: [],
    });
  });
});
