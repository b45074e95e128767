import { describe, expect, test } from 'vitest';
import { meshFromYaml } from '../mesh';
import { audit } from './audit';

const namespace = (name: string, extra = '') => `
apiVersion: v1
kind: Namespace
metadata: { name: ${name}, labels: { istio-injection: enabled }${extra} }
---
`;
const deployment = (name: string, extra = '') => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop${extra} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: app, image: app:1 }] }
---
`;
const entry = (extra = '') => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: pay, namespace: shop${extra} }
spec:
  hosts: [pay.example.com]
  location: MESH_EXTERNAL
  resolution: DNS
  ports: [{ number: 443, name: web, protocol: HTTP }]
---
`;
const id = 'serviceentry/https-port-declared-http';
const many = Array.from({ length: 30 }, (_, index) => deployment(`w${index}`)).join('');

const run = (yaml: string, options: Partial<Parameters<typeof audit>[0]> = {}) =>
  audit({ mesh: meshFromYaml(yaml), ...options });
const findingOf = (yaml: string, options = {}) =>
  run(yaml, options).findings.find(finding => finding.id === id);

describe('affected workloads', () => {
  const yaml = namespace('shop') + many + entry();

  test('are all counted, and listed up to the limit', () => {
    expect(findingOf(yaml)?.workloads).toMatchObject({ count: 30 });
    expect(findingOf(yaml)?.workloads.list).toHaveLength(20);
    expect(findingOf(yaml, { limit: 3 })?.workloads.list).toHaveLength(3);
  });

  test('can be asked for beyond the list', () => {
    const { affecting, findings } = run(yaml);
    const last = { kind: 'Deployment', namespace: 'shop', name: 'w29' };
    const [finding] = findings.filter(item => item.id === id);
    expect(finding?.workloads.list).not.toContainEqual(last);
    expect(affecting(last)).toContain(finding);
    expect(affecting({ ...last, name: 'nobody' })).toEqual([]);
  });
});

describe('the owner of a finding', () => {
  const owner = (marks: { object?: string; space?: string }) =>
    findingOf(namespace('shop', marks.space) + deployment('web') + entry(marks.object))?.owner;

  test.each([
    [{}, undefined],
    [{ space: ', annotations: { team: platform }' }, 'platform'],
    [{ object: ', labels: { team: pay }', space: ', annotations: { team: platform }' }, 'pay'],
    [{ object: ', labels: { app.kubernetes.io/part-of: shop, team: pay }' }, 'pay'],
    [{ object: ', labels: { owner: label }, annotations: { owner: annotation }' }, 'annotation'],
    [{ object: ', labels: { owner: "" , team: pay }' }, 'pay'],
    [{ object: ', annotations: { sidetrace.dev/owner: first, owner: second }' }, 'first'],
  ])('of %j is %s', (marks, expected) => {
    expect(owner(marks)).toBe(expected);
  });

  test('of a workload is what the catalog says, whatever its labels say', () => {
    const text = namespace('shop') + deployment('web', ', labels: { team: label }');
    const yaml = text.replace('containers:', 'hostNetwork: true, containers:');
    const said = (ownerOf?: () => string | undefined) =>
      run(yaml, ownerOf === undefined ? {} : { ownerOf }).findings.find(
        finding => finding.id === 'pod/host-network',
      )?.owner;
    expect(said()).toBe('label');
    expect(said(() => 'group:shop')).toBe('group:shop');
    expect(said(() => undefined)).toBe('label');
  });
});

describe('evidence', () => {
  const yaml = namespace('shop') + deployment('web') + entry();

  test('is a traced call with its end, what decided, and a command', () => {
    const evidence = findingOf(yaml)?.evidence;
    expect(evidence?.call).toMatchObject({ to: 'pay.example.com', port: 443, protocol: 'http' });
    expect(evidence?.disposition).toBe('delivered');
    expect(evidence?.command).toBe('sidetrace trace shop/web http://pay.example.com:443');
    expect(evidence?.steps.some(({ because }) => because?.includes('ServiceEntry'))).toBe(true);
  });

  test('is left out of what is only worth knowing, and when it is not wanted', () => {
    const { findings } = run(yaml);
    expect(findings.filter(({ level }) => level === 'info').length).toBeGreaterThan(0);
    for (const finding of findings) {
      if (finding.level === 'info') expect(finding.evidence).toBeUndefined();
    }
    expect(findingOf(yaml, { evidence: false })?.evidence).toBeUndefined();
  });
});
