import { describe, expect, it } from 'vitest';
import { mergeProxySettings } from '../../mesh';
import type { PodSpec } from '../../resources';
import { scriptText } from '../compile-config';
import { compileInterception, type InterceptionResult } from './compile-interception';
import { identitiesOf } from './identities';
import type { InterceptionInput } from './pod-input';
import { containerStarts } from './start-phases';

const option = (name: string) => ({ kind: 'option', option: name }) as const;

interface Case {
  readonly annotations?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly spec?: Partial<PodSpec>;
  readonly helm?: unknown;
  readonly env?: Readonly<Record<string, string>>;
  readonly namespaceAnnotations?: Readonly<Record<string, string>>;
  readonly nodes?: InterceptionInput['nodes'];
  readonly mesh?: { readonly interceptionMode?: 'TPROXY' | 'NONE' };
  readonly namespace?: string;
  readonly injection?: InterceptionInput['injection'];
  readonly istio?: string;
}

const app = { name: 'web' };
const withCni = { pilot: { cni: { enabled: true } } };

function compile(given: Case): InterceptionResult {
  const { annotations = {}, labels = {}, namespace = 'shop' } = given;
  return compileInterception({
    istioVersion: given.istio ?? '1.32',
    pod: {
      namespace,
      labels,
      annotations,
      spec: { containers: [app], initContainers: [], ...given.spec },
      origin: path => ({ kind: 'object', object: { kind: 'Pod', name: 'web' }, path }),
    },
    injection: given.injection ?? 'inject',
    proxySettings: mergeProxySettings({
      namespace,
      labels,
      annotations,
      annotationOrigin: option('annotation'),
      proxyConfigs: [],
      rootNamespace: 'istio-system',
      meshDefault: given.mesh ?? {},
      meshOrigin: option,
    }),
    meshConfig: {
      proxyListenPort: 15001,
      proxyInboundListenPort: 15006,
      enablePrometheusMerge: true,
      statusPort: 15020,
      origin: option,
    },
    helm: { values: given.helm ?? {}, origin: option },
    istiodEnvironment: given.env ?? {},
    namespaceAnnotations: given.namespaceAnnotations ?? {},
    nodes: given.nodes ?? [],
    cniExcludedNamespaces: ['kube-system'],
    network: { interfaceAddresses: ['127.0.0.1', '10.1.0.5'], nameservers: ['10.96.0.10'] },
  });
}

function podOf(result: InterceptionResult) {
  if (result.kind === 'rejected') throw new Error(result.message);
  return result.pod;
}

function order(result: InterceptionResult): readonly (readonly string[])[] {
  const pod = podOf(result);
  return [pod.initContainers, pod.containers].map(list => list.map(({ name }) => name));
}

function argsOf(result: InterceptionResult): readonly string[] {
  const init = podOf(result).initContainers.find(({ name }) => name.startsWith('istio-'));
  return init?.args?.map(({ text }) => text) ?? [];
}

function valueOf(result: InterceptionResult, flag: string): string | undefined {
  const args = argsOf(result);
  const at = args.indexOf(flag);
  return at < 0 ? undefined : args[at + 1];
}

function textOf(result: InterceptionResult): string {
  if (result.kind !== 'programmed') return result.kind;
  const { script } = result;
  return scriptText(script.backend === 'nftables' ? script.nft : script.v4);
}

const traffic = (name: string) => `traffic.sidecar.istio.io/${name}`;

describe('options of istio-init', () => {
  it('has the defaults of the chart', () => {
    expect(argsOf(compile({}))).toEqual(
      'istio-iptables -p 15001 -z 15006 -u 1337 -m REDIRECT -i * -x  -b * -d 15090,15021,15020 --log_output_level=default:info'.split(
        ' ',
      ),
    );
  });
  it('an annotation goes before Helm, also an empty one', () => {
    const helm = {
      global: { proxy: { includeIPRanges: '10.0.0.0/8', excludeOutboundPorts: '1' } },
    };
    expect(valueOf(compile({ helm }), '-i')).toBe('10.0.0.0/8');
    expect(valueOf(compile({ helm }), '-o')).toBe('1');
    const annotations = {
      [traffic('includeOutboundIPRanges')]: '',
      [traffic('excludeOutboundPorts')]: '',
    };
    expect(valueOf(compile({ helm, annotations }), '-i')).toBe('');
    expect(valueOf(compile({ helm, annotations }), '-o')).toBe('');
  });
  it.each([
    ['9090', '15090,15021,9090,15020'],
    ['9090, 9091', '15090,15021,9090,9091,15020'],
    ['15020', '15090,15021,15020'],
    [' 15020', '15090,15021,15020,15020'],
    ['', '15090,15021,15020'],
  ])('excluded inbound ports `%s` become `%s`', (value, ports) => {
    expect(
      valueOf(compile({ annotations: { [traffic('excludeInboundPorts')]: value } }), '-d'),
    ).toBe(ports);
  });
  it('status port 0 adds nothing', () => {
    expect(valueOf(compile({ annotations: { 'status.sidecar.istio.io/port': '0' } }), '-d')).toBe(
      '15090,15021',
    );
  });
  it('the mode of the annotation goes before the one of the mesh', () => {
    const annotations = { 'sidecar.istio.io/interceptionMode': 'REDIRECT' };
    expect(valueOf(compile({ mesh: { interceptionMode: 'TPROXY' } }), '-m')).toBe('TPROXY');
    expect(valueOf(compile({ mesh: { interceptionMode: 'TPROXY' }, annotations }), '-m')).toBe(
      'REDIRECT',
    );
  });
  it('reroute-virtual-interfaces hides kubevirtInterfaces, even when it is empty', () => {
    const annotations = { [traffic('kubevirtInterfaces')]: 'net1' };
    expect(valueOf(compile({ annotations }), '-k')).toBe('net1');
    const both = { ...annotations, 'istio.io/reroute-virtual-interfaces': '' };
    expect(valueOf(compile({ annotations: both }), '-k')).toBe('');
  });
  it('each rule names the annotation that made it', () => {
    const result = compile({ annotations: { [traffic('excludeOutboundPorts')]: '3306' } });
    if (result.kind !== 'programmed' || result.script.backend !== 'iptables')
      throw new Error('no text');
    expect(result.script.v4.find(line => line.text.includes('3306'))?.origin).toMatchObject({
      path: `metadata.annotations.${traffic('excludeOutboundPorts')}`,
    });
  });
});

describe('pods that the injector rejects', () => {
  it.each([
    ['sidecar.istio.io/interceptionMode', 'tproxy'],
    ['sidecar.istio.io/interceptionMode', ''],
    ['status.sidecar.istio.io/port', ''],
    [traffic('includeOutboundIPRanges'), '10.0.0.0/8, 172.16.0.0/12'],
    [traffic('excludeOutboundIPRanges'), '*'],
    [traffic('includeInboundPorts'), '80,'],
    [traffic('excludeInboundPorts'), '65536'],
    [traffic('excludeOutboundPorts'), 'mysql'],
    [traffic('excludeInterfaces'), 'averyveryverylong0'],
    ['istio.io/reroute-virtual-interfaces', 'eth0\n-A OUTPUT'],
    ['proxy.istio.io/config', 'interceptionMode: tproxy'],
    ['proxy.istio.io/config', 'proxyMetadata: { ISTIO_META_DNS_CAPTURE: true }'],
    ['proxy.istio.io/config', 'statusPort: 0'],
    ['prometheus.istio.io/merge-metrics', 'yes'],
    ['readiness.status.sidecar.istio.io/periodSeconds', '-1'],
  ])('%s: `%s`', (name, value) => {
    expect(compile({ annotations: { [name]: value } })).toMatchObject({
      kind: 'rejected',
      code: 'invalid-annotation',
      invalidAnnotations: [name],
    });
  });
  it.each([
    [traffic('includeOutboundIPRanges'), ''],
    [traffic('includeOutboundIPRanges'), '10.1.2.3/8'],
    [traffic('includeInboundPorts'), '80, 443'],
    [traffic('excludeInterfaces'), 'eth1, net-0.5'],
    ['proxy.istio.io/config', ''],
    ['proxy.istio.io/config', 'interceptMode: TPROXY'],
  ])('not %s: `%s`', (name, value) => {
    expect(compile({ annotations: { [name]: value } }).kind).toBe('programmed');
  });
  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['a port of Envoy', { 'prometheus.io/port': '15090' }, 'rejected'],
    ['in another spelling', { 'prometheus_io-port': '15000' }, 'rejected'],
    ['the port that the injector writes', { 'prometheus.io/port': '15020' }, 'programmed'],
    ['a port of the application', { 'prometheus.io/port': '9090' }, 'programmed'],
    [
      'not scraped',
      { 'prometheus.io/port': '15090', 'prometheus.io/scrape': 'false' },
      'programmed',
    ],
    [
      'not merged',
      { 'prometheus.io/port': '15090', 'prometheus.istio.io/merge-metrics': 'false' },
      'programmed',
    ],
  ])('metrics: %s', (_, annotations, kind) => {
    expect(compile({ annotations }).kind).toBe(kind);
    expect(compile({ annotations, istio: '1.30' }).kind).toBe('programmed');
  });
  it('an unknown template', () => {
    const annotations = { 'inject.istio.io/templates': 'sidecar, nope' };
    expect(compile({ annotations })).toMatchObject({ kind: 'rejected', code: 'unknown-template' });
  });
  it('a quote in the ports to include breaks the template', () => {
    const annotations = { [traffic('includeOutboundPorts')]: '443"' };
    expect(compile({ annotations })).toMatchObject({ code: 'template-not-rendered' });
  });
  it('text in the ports to include becomes part of a rule', () => {
    const annotations = { [traffic('includeOutboundPorts')]: '443 -m owner --uid-owner 0' };
    expect(textOf(compile({ annotations }))).toContain(
      '--dport 443 -m owner --uid-owner 0 -j ISTIO_REDIRECT',
    );
  });
});

describe('the CNI plugin', () => {
  it('lets the status port out too until ports are excluded', () => {
    expect(textOf(compile({ helm: withCni }))).toContain(
      'ISTIO_OUTPUT -p tcp --dport 15020 -j RETURN',
    );
    const annotations = { [traffic('excludeOutboundPorts')]: '' };
    expect(textOf(compile({ helm: withCni, annotations }))).not.toContain(
      'ISTIO_OUTPUT -p tcp --dport 15020',
    );
  });
  it('fails for mode NONE, which istio-init only does nothing for', () => {
    const annotations = { 'sidecar.istio.io/interceptionMode': 'NONE' };
    expect(compile({ helm: withCni, annotations })).toMatchObject({ kind: 'failed', stage: 'cni' });
    expect(compile({ annotations })).toMatchObject({
      kind: 'not-programmed',
      code: 'interception-none',
    });
  });
  it('captures everything where empty Helm ranges make istio-init capture nothing', () => {
    const global = { proxy: { includeIPRanges: '' } };
    expect(textOf(compile({ helm: { global } }))).not.toContain(
      '-A ISTIO_OUTPUT -j ISTIO_REDIRECT',
    );
    expect(textOf(compile({ helm: { global, ...withCni } }))).toContain(
      '-A ISTIO_OUTPUT -j ISTIO_REDIRECT',
    );
  });
  it('redirects DNS to every address', () => {
    const annotations = {
      'proxy.istio.io/config': 'proxyMetadata: { ISTIO_META_DNS_CAPTURE: "true" }',
    };
    expect(textOf(compile({ helm: withCni, annotations }))).toContain(
      'ISTIO_OUTPUT_DNS -p udp --dport 53 -j REDIRECT',
    );
  });
  it.each<[string, Case]>([
    ['excluded-namespace', { namespace: 'kube-system' }],
    ['inject-refused', { labels: { 'sidecar.istio.io/inject': 'False' } }],
    ['not-a-sidecar', { annotations: { 'inject.istio.io/templates': 'gateway' } }],
    ['envoy-disabled', { annotations: { 'inject.istio.io/templates': 'grpc-agent' } }],
  ])('leaves a pod alone: %s', (code, given) => {
    expect(compile({ helm: withCni, ...given })).toMatchObject({ kind: 'not-programmed', code });
  });
});

describe('a pod that is injected again', () => {
  const overridesKey = 'proxy.istio.io/overrides';
  const again = (overrides: string, more: Readonly<Record<string, string>> = {}) =>
    compile({
      annotations: { [overridesKey]: overrides, ...more },
      spec: {
        containers: [app, { name: 'istio-proxy', securityContext: { runAsUser: 1337 } }],
      },
    });
  const user2000 = JSON.stringify({
    containers: [{ name: 'istio-proxy', securityContext: { runAsUser: 2000, runAsGroup: 2000 } }],
  });
  const proxyUser = (result: InterceptionResult) =>
    identitiesOf(podOf(result)).find(({ name }) => name === 'istio-proxy')?.runAsUser;
  const status = (containers: readonly string[], initContainers: readonly string[]) => ({
    'sidecar.istio.io/status': JSON.stringify({ containers, initContainers }),
    'sidecar.istio.io/nativeSidecar': 'false',
  });

  it('has the proxy of its author again, as the first injection wrote it down', () => {
    expect(proxyUser(again(user2000, status([], ['istio-init'])))).toBe(2000);
  });
  it('has the one of the template when the status names it: it was made by the injector', () => {
    expect(proxyUser(again(user2000, status(['istio-proxy'], ['istio-init'])))).toBe(1337);
  });
  it('has the container as it stands when none was written down under its name', () => {
    const other = JSON.stringify({ containers: [{ name: 'other' }] });
    expect(proxyUser(again(other, status([], [])))).toBe(1337);
    expect(proxyUser(again('{}', status([], [])))).toBe(1337);
  });
  it('has the arguments of its author for the init container', () => {
    const init = { initContainers: [{ name: 'istio-init', args: ['istio-iptables', '-u', '7'] }] };
    const result = again(JSON.stringify(init), status(['istio-proxy'], []));
    expect(argsOf(result).slice(0, 2)).toEqual(['istio-iptables', '-u']);
    expect(argsOf(result)).toHaveLength(3);
  });
  it.each([
    ['no JSON', '{containers: []}'],
    ['no map', '[]'],
    ['no list', '{"containers": {}}'],
    ['a list of texts', '{"containers": ["istio-proxy"]}'],
  ])('is rejected when what was written down is %s', (_, overrides) => {
    expect(again(overrides)).toMatchObject({ kind: 'rejected', code: 'invalid-overrides' });
  });
});

describe('users', () => {
  const proxyUser = (runAsUser?: number, runAsGroup?: number): Partial<PodSpec> => ({
    containers: [
      app,
      {
        name: 'istio-proxy',
        securityContext: {
          ...(runAsUser !== undefined && { runAsUser }),
          ...(runAsGroup !== undefined && { runAsGroup }),
        },
      },
    ],
  });
  const tproxy = { 'sidecar.istio.io/interceptionMode': 'TPROXY' };

  it.each<[string, Case, object]>([
    ['default', {}, { byUid: true, byGid: true }],
    ['TPROXY', { annotations: tproxy }, { byUid: false, byGid: true }],
    ['own user', { spec: proxyUser(2345) }, { byUid: true, byGid: false }],
    ['own group', { spec: proxyUser(undefined, 5432) }, { byUid: true, byGid: false }],
    [
      'own user and TPROXY',
      { spec: proxyUser(2345), annotations: tproxy },
      { byUid: false, byGid: false },
    ],
    ['root', { spec: proxyUser(0, 0) }, { byUid: false, byGid: false }],
  ])('%s', (_, given, exempt) => {
    expect(compile(given)).toMatchObject({ proxyExempt: exempt });
  });

  it('OpenShift gives the last ids of the namespace', () => {
    const result = compile({
      env: { PLATFORM: 'openshift' },
      namespaceAnnotations: {
        'openshift.io/sa.scc.uid-range': '1000650000/10000',
        'openshift.io/sa.scc.supplemental-groups': '1000660000/10000,5/1',
      },
    });
    expect(valueOf(result, '-u')).toBe('1000659999');
    expect(identitiesOf(podOf(result)).find(({ name }) => name === 'istio-proxy')).toEqual({
      name: 'istio-proxy',
      runAsUser: 1000659999,
      runAsGroup: 1000669999,
    });
  });
});

describe('the order of containers', () => {
  const spec = { initContainers: [{ name: 'migrate' }] };
  const classic = { 'sidecar.istio.io/nativeSidecar': 'false' };
  it("native: the proxy before the user's init containers", () => {
    expect(order(compile({ spec }))).toEqual([['istio-init', 'istio-proxy', 'migrate'], ['web']]);
  });
  it('classic: istio-init last, the proxy last', () => {
    expect(order(compile({ spec, annotations: classic }))).toEqual([
      ['migrate', 'istio-init'],
      ['web', 'istio-proxy'],
    ]);
  });
  it('classic with CNI: the check first', () => {
    expect(order(compile({ spec, annotations: classic, helm: withCni }))[0]).toEqual([
      'istio-validation',
      'migrate',
    ]);
  });
  it.each<[string, Case, string]>([
    ['native', { spec }, 'proxied'],
    ['classic', { spec, annotations: classic }, 'before-rules'],
    ['classic with CNI', { spec, annotations: classic, helm: withCni }, 'rules-only'],
    ['native with CNI', { spec, helm: withCni }, 'proxied'],
    ['no sidecar', { spec, injection: 'not-injected' }, 'no-rules'],
  ])('what an init container meets: %s', (_, given, phase) => {
    expect(containerStarts(compile(given))[0]).toEqual({ name: 'migrate', phase });
  });
  it('the proxy is first when the application waits for it', () => {
    const annotations = {
      ...classic,
      'proxy.istio.io/config': 'holdApplicationUntilProxyStarts: true',
    };
    expect(order(compile({ annotations }))[1]).toEqual(['istio-proxy', 'web']);
  });
  it.each([
    ['v1.33.1-eks-1b3e656', true],
    ['1.33', true],
    ['v1.32.9', false],
    ['dev-build', false],
  ])('kubelet %s: native %s', (kubeletVersion, native) => {
    const nodes = [{ name: 'n1', kubeletVersion }];
    expect(order(compile({ nodes }))[0]?.includes('istio-proxy')).toBe(native);
  });
  it('native sidecars are off by default in 1.26', () => {
    expect(order(compile({ istio: '1.26' }))).toEqual([['istio-init'], ['web', 'istio-proxy']]);
  });
});

describe('a pod from a cluster', () => {
  const args = [
    'istio-iptables',
    '-p',
    '15001',
    '-u',
    '1337',
    '-i',
    '10.0.0.0/8',
    '-b',
    '*',
    '-o',
    '99',
  ];
  const spec = {
    containers: [app, { name: 'istio-proxy', args: ['proxy', 'sidecar'] }],
    initContainers: [{ name: 'istio-init', args }],
  };
  it('is read from its arguments, and the setting that still gives a value is its cause', () => {
    const annotations = { [traffic('includeOutboundIPRanges')]: '10.0.0.0/8' };
    const result = compile({ spec, annotations, injection: 'as-is' });
    if (result.kind !== 'programmed' || result.script.backend !== 'iptables')
      throw new Error('no text');
    const { v4 } = result.script;
    const pathOf = (part: string) => {
      const origin = v4.find(line => line.text.includes(part))?.origin;
      return origin?.kind === 'object' ? origin.path : origin?.kind;
    };
    expect(pathOf('10.0.0.0/8')).toBe(`metadata.annotations.${traffic('includeOutboundIPRanges')}`);
    expect(pathOf('--dport 99')).toBe('spec.initContainers.0.args.10');
    expect(pathOf('--uid-owner')).toBe('default');
  });
});
