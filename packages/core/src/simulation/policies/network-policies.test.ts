import { describe, expect, it } from 'vitest';
import { meshFromYaml } from '../../mesh/mesh-from-yaml';
import {
  allowAny,
  deployment,
  document,
  entry,
  http,
  namespace,
  networkPolicy,
  service,
  tlsThroughGateway,
} from '../../testing/manifest-text';
import { simulate } from '../simulate';
import type { Call } from '../trace';

const egress = (rules: string) =>
  networkPolicy(`{podSelector: {}, policyTypes: [Egress], egress: [${rules}]}`);
const ingress = (rules: string) =>
  networkPolicy(`{podSelector: {}, policyTypes: [Ingress], ingress: [${rules}]}`, {
    where: 'stock',
  });
const dns = '{ports: [{port: 53, protocol: UDP}]}';

const base =
  allowAny +
  namespace('shop', 'istio-injection: enabled, team: a') +
  deployment('web', { labels: ', tier: front' }) +
  namespace('stock', 'istio-injection: enabled, team: b') +
  deployment('items', {
    where: 'stock',
    pod: 'containers: [{name: app, ports: [{name: api, containerPort: 8080}, {name: api-udp, containerPort: 8081, protocol: UDP}]}]',
  }) +
  service('items', 'stock', '{name: http, port: 80, targetPort: 8080}');

const web = { kind: 'Deployment', namespace: 'shop', name: 'web' } as const;
const items: Call = {
  from: web,
  to: 'items.stock.svc.cluster.local',
  port: 80,
  protocol: 'http',
};

const ask = (manifests: string, call: Partial<Call> = {}) =>
  simulate(meshFromYaml(base + manifests), { ...items, ...call });
const endOf = (manifests: string, call: Partial<Call> = {}) => {
  const { disposition, symptom } = ask(manifests, call);
  return [disposition, symptom.code];
};

describe('NetworkPolicies on the way', () => {
  it('are no matter when none selects a pod', () => {
    const trace = ask(
      networkPolicy('{podSelector: {matchLabels: {app: other}}, policyTypes: [Egress]}'),
    );
    expect(trace.disposition).toBe('delivered');
    expect(trace.assumptions.map(({ code }) => code)).not.toContain('network-policy-enforced');
  });
  it.each([
    ['any peer on the port of the pod', `${dns}, {ports: [{port: 8080}]}`],
    ['a range of ports', `${dns}, {ports: [{port: 8000, endPort: 8100}]}`],
    ['a port by its name', `${dns}, {ports: [{port: api}]}`],
    [
      'the namespace by its labels',
      `${dns}, {to: [{namespaceSelector: {matchLabels: {team: b}}}]}`,
    ],
    [
      'the namespace by the name that Kubernetes sets',
      `${dns}, {to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: stock}}, podSelector: {matchLabels: {app: items}}}]}`,
    ],
    ['every pod', `${dns}, {to: [{namespaceSelector: {}}]}`],
    ['every address', `${dns}, {to: [{ipBlock: {cidr: 0.0.0.0/0}}]}`],
    ['everything', '{}'],
  ])('let a call out to %s', (_, rules) => {
    const trace = ask(egress(rules));
    expect(trace.disposition).toBe('delivered');
    expect(trace.assumptions.map(({ code }) => code)).toContain('network-policy-enforced');
  });
  it.each([
    ['the port of the Service, which is not on the wire', `${dns}, {ports: [{port: 80}]}`],
    ['the same port of UDP', `${dns}, {ports: [{port: 8080, protocol: UDP}]}`],
    ['a name of another port', `${dns}, {ports: [{port: api-udp}]}`],
    ['a range that ends before', `${dns}, {ports: [{port: 8000, endPort: 8079}]}`],
    ['another namespace', `${dns}, {to: [{namespaceSelector: {matchLabels: {team: a}}}]}`],
    ['pods of the own namespace', `${dns}, {to: [{podSelector: {matchLabels: {app: items}}}]}`],
    [
      'the namespace, but other pods',
      `${dns}, {to: [{namespaceSelector: {matchLabels: {team: b}}, podSelector: {matchLabels: {app: web}}}]}`,
    ],
    [
      'all addresses but private ones',
      `${dns}, {to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}]}`,
    ],
  ])('keep a call in that rules let out to %s', (_, rules) => {
    const trace = ask(egress(rules));
    expect([trace.disposition, trace.symptom.code]).toEqual(['denied-by-policy', 'http:503']);
    expect(trace.symptom.responseFlags).toBe('URX,UF');
    expect(trace.blockers).toHaveLength(1);
    expect(trace.blockers[0]).toMatchObject({
      reason: 'network-policy-denied',
      origin: { object: { kind: 'NetworkPolicy', namespace: 'shop', name: 'limits' } },
    });
    expect(trace.blockers[0]?.message).toContain('NetworkPolicy shop/limits');
  });
  it('add up', () => {
    const second = networkPolicy(
      '{podSelector: {matchLabels: {tier: front}}, egress: [{ports: [{port: 8080}]}]}',
      { name: 'more' },
    );
    expect(endOf(egress(dns) + second)).toEqual(['delivered', 'http:200']);
    expect(endOf(egress(dns) + second.replace('tier: front', 'tier: back'))).toEqual([
      'denied-by-policy',
      'http:503',
    ]);
  });
  it('restrict ingress when they name no types, and egress only with egress rules', () => {
    expect(endOf(networkPolicy('{podSelector: {}}'))).toEqual(['delivered', 'http:200']);
    expect(endOf(networkPolicy('{podSelector: {}}', { where: 'stock' }))).toEqual([
      'denied-by-policy',
      'http:503',
    ]);
    const both = networkPolicy(`{podSelector: {}, egress: [${dns}]}`);
    expect(endOf(both)).toEqual(['denied-by-policy', 'http:503']);
  });
  it.each([
    ['the pods of its namespace', '{from: [{namespaceSelector: {matchLabels: {team: a}}}]}'],
    [
      'the pod by both selectors',
      '{from: [{namespaceSelector: {matchLabels: {team: a}}, podSelector: {matchLabels: {tier: front}}}]}',
    ],
    ['anybody on a named port', '{ports: [{port: api}]}'],
  ])('of the receiving pod let in %s', (_, rules) => {
    expect(endOf(ingress(rules))).toEqual(['delivered', 'http:200']);
  });
  it.each([
    ['pods of the own namespace', '{from: [{podSelector: {}}]}'],
    ['another port', '{from: [{namespaceSelector: {}}], ports: [{port: 80}]}'],
    ['nobody', ''],
  ])('of the receiving pod keep out whom rules for %s do not name', (_, rules) => {
    const trace = ask(ingress(rules));
    expect(trace.disposition).toBe('denied-by-policy');
    expect(trace.blockers[0]).toMatchObject({
      origin: { object: { namespace: 'stock' } },
      message: expect.stringContaining('in on port 8080'),
    });
  });
  it('are all named: the walk goes on past the first', () => {
    const trace = ask(egress(dns) + ingress(''));
    const namespaces = trace.blockers.map(
      ({ origin }) => origin?.kind === 'object' && origin.object.namespace,
    );
    expect(namespaces).toEqual(['shop', 'stock']);
  });
  it('of nodes do not exist: a pod on the network of its node is not restricted', () => {
    const host = deployment('agent', { pod: 'hostNetwork: true, containers: [{name: app}]' });
    const from = { ...web, name: 'agent' };
    expect(endOf(host + egress(''), { from, to: '198.51.100.7' })[0]).toBe('delivered');
  });
  it('let the node of a pod in', () => {
    const pod = document(`apiVersion: v1
kind: Pod
metadata: {name: live, namespace: stock, labels: {app: live}}
spec: {containers: [{name: app, ports: [{containerPort: 8080}]}]}
status: {phase: Running, podIP: 10.1.0.5, hostIP: 192.168.0.4}`);
    const call = { from: { outside: '192.168.0.4' }, to: '10.1.0.5', port: 8080 } as const;
    expect(endOf(pod + ingress(''), call)[0]).toBe('delivered');
    expect(endOf(pod + ingress(''), { ...call, from: { outside: '192.168.0.5' } })).toEqual([
      'denied-by-policy',
      'connect:timeout',
    ]);
  });
  it('see a direct call as it is: dropped, without an answer', () => {
    const mesh = meshFromYaml(
      base.replace('istio-injection: enabled, team: a', 'team: a') + egress(dns),
    );
    const { disposition, symptom, reasons } = simulate(mesh, { ...items, to: '198.51.100.7' });
    expect([disposition, symptom.code]).toEqual(['denied-by-policy', 'connect:timeout']);
    expect(reasons).not.toContain('endpoint-silent');
  });
});

describe('NetworkPolicies and DNS', () => {
  it('break every name when port 53 is closed', () => {
    const trace = ask(egress('{ports: [{port: 8080}]}'));
    expect([trace.disposition, trace.symptom.code]).toEqual(['not-sent', 'dns:timeout']);
    expect(trace.reasons).toEqual(['network-policy-denied']);
    const codes = trace.assumptions.map(({ code }) => code);
    expect(codes).toEqual(
      expect.arrayContaining(['network-policy-enforced', 'dns-server-assumed']),
    );
  });
  it('do not count for a name that the agent knows', () => {
    const captured = base.replace(
      'annotations: {}',
      `annotations: {proxy.istio.io/config: '{"proxyMetadata": {"ISTIO_META_DNS_CAPTURE": "true"}}'}`,
    );
    const mesh = meshFromYaml(captured + egress('{ports: [{port: 8080}]}'));
    expect(simulate(mesh, items).disposition).toBe('delivered');
    const other = simulate(mesh, { ...items, to: 'news.example' });
    expect([other.disposition, other.symptom.code]).toEqual(['not-sent', 'dns:timeout']);
  });
  it('keep the proxy itself from a name', () => {
    const entries = entry('pay.example', http);
    const trace = ask(entries + egress('{ports: [{port: 80}]}'), {
      to: 'pay.example',
      address: '198.51.100.7',
    });
    expect([trace.disposition, trace.symptom.code]).toEqual(['upstream-failed', 'http:503']);
    expect(trace.reasons).toContain('network-policy-denied');
    expect(trace.blockers[0]?.message).toContain('the proxy cannot look up `pay.example`');
  });
  it('let queries to the pods of kube-dns out, which have the usual label', () => {
    const to = (labels: string) =>
      `{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector: {matchLabels: {${labels}}}}], ports: [{port: 53, protocol: UDP}]}, {ports: [{port: 8080}]}`;
    expect(endOf(egress(to('k8s-app: kube-dns')))).toEqual(['delivered', 'http:200']);
    expect(endOf(egress(to('k8s-app: other')))).toEqual(['not-sent', 'dns:timeout']);
    expect(endOf(egress(to('team: dns')))).toEqual(['undetermined', 'unknown']);
  });
});

describe('NetworkPolicies and what the input lacks', () => {
  it('are undecided for a public address that nobody gives', () => {
    const some = (cidr: string) => egress(`${dns}, {to: [{ipBlock: {cidr: ${cidr}}}]}`);
    const news = { to: 'news.example' };
    const trace = ask(some('198.51.100.0/24'), news);
    expect(trace.disposition).toBe('undetermined');
    expect(trace.reasons).toContain('address-not-given');
    expect(endOf(some('0.0.0.0/0'), news)[0]).toBe('delivered');
    expect(endOf(some('10.0.0.0/8'), news)[0]).toBe('denied-by-policy');
    expect(endOf(some('198.51.100.0/24'), { ...news, address: '198.51.100.7' })[0]).toBe(
      'delivered',
    );
    expect(endOf(some('198.51.100.0/24'), { to: '203.0.113.1' })[0]).toBe('denied-by-policy');
  });
  it('are undecided for labels of a namespace that is not in the input', () => {
    const elsewhere =
      deployment('old', { where: 'legacy', labels: ', sidecar.istio.io/inject: "false"' }) +
      service('old', 'legacy', '{name: http, port: 80, targetPort: 8080}');
    const rule = (labels: string) =>
      egress(`${dns}, {to: [{namespaceSelector: {matchLabels: {${labels}}}}]}`);
    const call = { to: 'old.legacy.svc.cluster.local' };
    const trace = ask(elsewhere + rule('team: c'), call);
    expect([trace.disposition, trace.symptom.code]).toEqual(['undetermined', 'unknown']);
    expect(trace.reasons).toContain('labels-not-given');
    expect(endOf(elsewhere + rule('kubernetes.io/metadata.name: legacy'), call)[0]).toBe(
      'delivered',
    );
    expect(endOf(elsewhere + rule('kubernetes.io/metadata.name: stock'), call)[0]).toBe(
      'denied-by-policy',
    );
  });
  it('are undecided for labels that a controller adds', () => {
    const rule = (labels: string) =>
      egress(`${dns}, {to: [{namespaceSelector: {}, podSelector: {matchLabels: {${labels}}}}]}`);
    expect(endOf(rule('pod-template-hash: abc'))[0]).toBe('undetermined');
    expect(endOf(rule('app: abc'))[0]).toBe('denied-by-policy');
  });
});

describe('NetworkPolicies and gateways', () => {
  const pay = { to: 'pay.example', port: 443, protocol: 'https' } as const;
  const toGateway = `${dns}, {to: [{namespaceSelector: {matchLabels: {role: egress}}}]}`;
  it('leave only the way through it', () => {
    expect(endOf(tlsThroughGateway + egress(toGateway), pay)[0]).toBe('delivered');
    const direct = { ...pay, uid: 1337, gid: 1337 };
    expect(endOf(tlsThroughGateway + egress(toGateway), direct)[0]).toBe('denied-by-policy');
  });
  it('of the gateway count as well', () => {
    const closed = networkPolicy(
      `{podSelector: {}, policyTypes: [Egress], egress: [${dns}, {ports: [{port: 80}]}]}`,
      { where: 'egress' },
    );
    const trace = ask(tlsThroughGateway + egress(toGateway) + closed, pay);
    expect([trace.disposition, trace.symptom.code]).toEqual(['denied-by-policy', 'tls:closed']);
    expect(trace.blockers[0]?.message).toContain('NetworkPolicy egress/limits');
  });
});

describe('a proxy that policies keep from istiod', () => {
  const code = 'proxy-configuration-assumed';
  it('has its configuration, as an assumption', () => {
    const closed = ask(egress(`${dns}, {ports: [{port: 8080}]}`));
    expect(closed.assumptions.map(item => item.code)).toContain(code);
    const open = ask(egress(`${dns}, {ports: [{port: 8080}, {port: 15012}]}`));
    expect(open.assumptions.map(item => item.code)).not.toContain(code);
  });
});
