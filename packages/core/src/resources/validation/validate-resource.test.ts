import { describe, expect, it } from 'vitest';
import { parseYaml } from '../../yaml';
import { type ValidateOptions, validateResource } from '.';

const source = { file: 'object.yaml', document: 0, line: 1 };

const apiVersions: Readonly<Record<string, string>> = {
  PeerAuthentication: 'security.istio.io/v1',
  AuthorizationPolicy: 'security.istio.io/v1',
  RequestAuthentication: 'security.istio.io/v1',
  Telemetry: 'telemetry.istio.io/v1',
  ProxyConfig: 'networking.istio.io/v1beta1',
  EnvoyFilter: 'networking.istio.io/v1alpha3',
  WasmPlugin: 'extensions.istio.io/v1alpha1',
};

function judge(text: string, options?: ValidateOptions) {
  const yaml = parseYaml(text);
  if (!yaml.ok) throw new Error(yaml.message);
  return validateResource({ value: yaml.value, source }, options);
}

/** The verdict on an object of a kind with this spec, in flow style or indented. */
function judgeSpec(kind: string, spec: string, options?: ValidateOptions) {
  const apiVersion = apiVersions[kind] ?? 'networking.istio.io/v1';
  const head = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a, namespace: ns}\n`;
  return judge(`${head}spec: ${spec}\n`, options);
}

type Case = readonly [name: string, kind: string, spec: string];
const route = 'route: [{destination: {host: a}}]';
const tlsPort = '{number: 443, name: tls, protocol: TLS}';

/** Objects that webhook and CRD take. */
const good: readonly Case[] = [
  ['a host that ends with a dot', 'ServiceEntry', '{hosts: [a.b.], resolution: DNS}'],
  ['no spec fields but hosts', 'ServiceEntry', '{hosts: [a.b]}'],
  ['an address with host bits', 'ServiceEntry', '{hosts: [a.b], addresses: [10.0.0.1/24]}'],
  ['an address with a zone', 'ServiceEntry', '{hosts: [a.b], addresses: [fe80::1%eth0]}'],
  [
    'wildcards that are looked up at call time',
    'ServiceEntry',
    `{hosts: ['*.a.b'], resolution: DYNAMIC_DNS, ports: [${tlsPort}]}`,
  ],
  ['an exclusion of hosts', 'Sidecar', "{egress: [{hosts: ['*/*', '~ns/a.b']}]}"],
  ['an empty outbound policy', 'Sidecar', '{outboundTrafficPolicy: {}}'],
  ['an IP address as host', 'VirtualService', `{hosts: [10.0.0.1], http: [{${route}}]}`],
  ['a delegate', 'VirtualService', `{http: [{${route}}]}`],
  [
    'an empty path prefix',
    'VirtualService',
    `{hosts: [a], http: [{match: [{uri: {prefix: ''}}], ${route}}]}`,
  ],
  ['a subset without policy', 'DestinationRule', '{host: a, subsets: [{name: v1}]}'],
  [
    'an own ConfigMap',
    'DestinationRule',
    '{host: a, trafficPolicy: {tls: {mode: SIMPLE, credentialName: configmap://ns/ca}}}',
  ],
  [
    'an idle timeout of zero',
    'DestinationRule',
    '{host: a, trafficPolicy: {connectionPool: {tcp: {idleTimeout: 0s}}}}',
  ],
  [
    'a redirect on plain HTTP',
    'Gateway',
    "{servers: [{hosts: ['*'], port: {number: 80, name: h, protocol: HTTP}, tls: {httpsRedirect: true}}]}",
  ],
  ['an abstract socket', 'WorkloadEntry', "{address: 'unix://@a'}"],
  ['a probe by HTTP', 'WorkloadGroup', '{template: {}, probe: {httpGet: {port: 80}}}'],
  [
    'a port of a selected workload',
    'PeerAuthentication',
    '{selector: {matchLabels: {a: b}}, portLevelMtls: {80: {mode: STRICT}}}',
  ],
  ['allow nothing', 'AuthorizationPolicy', '{}'],
  [
    'a path template',
    'AuthorizationPolicy',
    "{rules: [{to: [{operation: {paths: ['/a/{*}/{**}']}}]}]}",
  ],
];

/** Objects that Istio's rules reject, with a word of the message. */
const bad: readonly (readonly [...Case, string])[] = [
  ['no host', 'ServiceEntry', '{hosts: []}', 'at least one host'],
  ['every host', 'ServiceEntry', "{hosts: ['*']}", 'invalid host'],
  ['a numeric top level', 'ServiceEntry', '{hosts: [a.1]}', 'all-numeric'],
  ['a label of 64 characters', 'ServiceEntry', `{hosts: [${'a'.repeat(64)}.b]}`, 'invalid'],
  [
    'a port twice',
    'ServiceEntry',
    `{hosts: [a.b], ports: [${tlsPort}, ${tlsPort}]}`,
    'already defined',
  ],
  [
    'a range that DNS answers',
    'ServiceEntry',
    '{hosts: [a.b], addresses: [10.0.0.0/8], resolution: DNS}',
    'CIDR',
  ],
  [
    'hosts that share a TCP port',
    'ServiceEntry',
    '{hosts: [a.b, a.c], resolution: STATIC, ports: [{number: 1, name: t, protocol: TCP}]}',
    'multiple hosts',
  ],
  [
    'exported to nobody and somebody',
    'ServiceEntry',
    "{hosts: [a.b], exportTo: ['~', a]}",
    'no one',
  ],
  [
    'a port that the entry does not have',
    'ServiceEntry',
    '{hosts: [a.b], resolution: STATIC, endpoints: [{address: 1.1.1.1, ports: {x: 1}}]}',
    'not defined',
  ],
  [
    'plain TCP that is looked up at call time',
    'ServiceEntry',
    "{hosts: ['*.a.b'], resolution: DYNAMIC_DNS, ports: [{number: 1, name: t, protocol: TCP}]}",
    'only HTTP',
  ],
  ['a short name', 'Sidecar', '{egress: [{hosts: [ns/a]}]}', 'short names'],
  ['a host without namespace', 'Sidecar', '{egress: [{hosts: [a.b]}]}', 'namespace/dnsName'],
  ['only a selector', 'Sidecar', '{workloadSelector: {labels: {a: b}}}', 'empty configuration'],
  [
    'an egress proxy without ALLOW_ANY',
    'Sidecar',
    '{outboundTrafficPolicy: {egressProxy: {host: a.b, port: {number: 1}}}}',
    'ALLOW_ANY',
  ],
  [
    'a catch-all listener in front',
    'Sidecar',
    "{egress: [{hosts: ['*/*']}, {port: {number: 80, protocol: HTTP, name: a}, hosts: ['*/*']}]}",
    'last listener',
  ],
  [
    'every host on the mesh',
    'VirtualService',
    `{hosts: ['*'], http: [{${route}}]}`,
    'mesh gateway',
  ],
  [
    'hosts that overlap',
    'VirtualService',
    `{hosts: ['*.b', a.b], http: [{${route}}]}`,
    'duplicate hosts',
  ],
  [
    'a server name that no host covers',
    'VirtualService',
    `{hosts: [a.b], tls: [{match: [{sniHosts: [a.c]}], ${route}}]}`,
    'compatible subset',
  ],
  [
    'weights of zero',
    'VirtualService',
    '{hosts: [a], http: [{route: [{destination: {host: a}}, {destination: {host: b}}]}]}',
    'total destination weight',
  ],
  [
    'look-ahead',
    'VirtualService',
    `{hosts: [a], http: [{match: [{uri: {regex: '(?=a)'}}], ${route}}]}`,
    'RE2',
  ],
  [
    'a route and a redirect',
    'VirtualService',
    `{hosts: [a], http: [{redirect: {uri: /}, ${route}}]}`,
    'both route and redirect',
  ],
  [
    'an open variable in a header',
    'VirtualService',
    `{hosts: [a], http: [{headers: {request: {set: {x: '%A'}}}, ${route}}]}`,
    'Un-terminated',
  ],
  [
    'mutual TLS without certificate',
    'DestinationRule',
    '{host: a, trafficPolicy: {tls: {mode: MUTUAL}}}',
    'client certificate required',
  ],
  [
    'a ConfigMap of others',
    'DestinationRule',
    '{host: a, trafficPolicy: {tls: {mode: SIMPLE, credentialName: configmap://x/ca}}}',
    'must match',
  ],
  [
    'a selector and a wider export',
    'DestinationRule',
    "{host: a, workloadSelector: {matchLabels: {a: b}}, exportTo: ['*']}",
    'beyond current namespace',
  ],
  ['an empty policy', 'DestinationRule', '{host: a, trafficPolicy: {}}', 'at least one field'],
  [
    'half a millisecond',
    'DestinationRule',
    '{host: a, trafficPolicy: {connectionPool: {tcp: {connectTimeout: 1.5ms}}}}',
    'ms precision',
  ],
  [
    'localities that overlap',
    'DestinationRule',
    "{host: a, trafficPolicy: {loadBalancer: {localityLbSetting: {distribute: [{from: 'r/*', to: {r: 50, r/z: 50}}]}}}}",
    'overlap',
  ],
  [
    'TLS without settings',
    'Gateway',
    `{servers: [{hosts: [a.b], port: ${tlsPort}}]}`,
    'must have TLS settings',
  ],
  [
    'a socket with a port',
    'Gateway',
    "{servers: [{hosts: [a.b], bind: 'unix:///a', port: {number: 80, name: h, protocol: HTTP}}]}",
    'must be 0',
  ],
  ['a range as address', 'WorkloadEntry', '{address: 10.0.0.0/8}', 'not a valid FQDN'],
  ['no probe method', 'WorkloadGroup', '{template: {}, probe: {}}', 'health check'],
  [
    'a port of a whole namespace',
    'PeerAuthentication',
    '{portLevelMtls: {80: {mode: STRICT}}}',
    'cannot have port level',
  ],
  ['a deny that never applies', 'AuthorizationPolicy', '{action: DENY}', 'never be triggered'],
  [
    'an operator in the middle',
    'AuthorizationPolicy',
    "{rules: [{to: [{operation: {paths: ['/{**}/{*}']}}]}]}",
    'not the last',
  ],
  [
    'an unknown attribute',
    'AuthorizationPolicy',
    '{rules: [{when: [{key: request.time, values: [a]}]}]}',
    'unknown attribute',
  ],
  ['no issuer', 'RequestAuthentication', '{jwtRules: [{}]}', 'issuer'],
  [
    'a tag without value',
    'Telemetry',
    '{metrics: [{overrides: [{tagOverrides: {a: {operation: UPSERT}}}]}]}',
    'must be set',
  ],
  ['no URL', 'WasmPlugin', '{}', 'url field'],
  ['a negative number of threads', 'ProxyConfig', '{concurrency: -1}', 'greater than or equal'],
];

/** Values that do not decode. */
const undecodable: readonly Case[] = [
  ['a text where a list belongs', 'ServiceEntry', '{hosts: a.b}'],
  ['a number where a text belongs', 'ServiceEntry', '{hosts: [1]}'],
  ['a word that is no mode', 'Sidecar', '{outboundTrafficPolicy: {mode: allow_any}}'],
  [
    'the dynamic mode in a Sidecar',
    'Sidecar',
    '{outboundTrafficPolicy: {mode: ALLOW_ANY_DYNAMIC_DNS}}',
  ],
  [
    'a fraction of a weight',
    'VirtualService',
    '{hosts: [a], http: [{route: [{destination: {host: a}, weight: 0.5}]}]}',
  ],
  ['a duration without unit', 'VirtualService', `{hosts: [a], http: [{timeout: '5', ${route}}]}`],
  ['a negative port', 'WorkloadEntry', '{address: 1.1.1.1, ports: {a: -1}}'],
];

describe('objects that are accepted', () => {
  it.each(good)('%s (%s)', (_, kind, spec) => {
    const verdict = judgeSpec(kind, spec);
    expect(verdict?.admission).toMatchObject({ accepted: true, errors: [] });
    expect(verdict?.schema?.violations).toEqual([]);
  });
});

describe('objects that a rule rejects', () => {
  it.each(bad)('%s (%s)', (_, kind, spec, words) => {
    const admission = judgeSpec(kind, spec)?.admission;
    expect(admission?.stage).toBe('validate');
    expect(admission?.errors.map(error => error.message).join('\n')).toContain(words);
  });
});

describe('objects that do not decode', () => {
  it.each(undecodable)('%s (%s)', (_, kind, spec) => {
    const verdict = judgeSpec(kind, spec);
    expect(verdict?.admission.stage).toBe('decode');
    expect(verdict?.schema?.accepted).toBe(false);
  });
});

describe('what only the CRD objects to', () => {
  it.each([
    [
      'a name in snake_case',
      'ServiceEntry',
      '{hosts: [a.b], workload_selector: {labels: {a: b}}}',
      'unknown-field',
    ],
    [
      'a number as text',
      'ServiceEntry',
      "{hosts: [a.b], ports: [{number: '443', name: t, protocol: TLS}]}",
      'type',
    ],
    ['an enum by number', 'ServiceEntry', '{hosts: [a.b], resolution: 2}', 'type'],
    ['null', 'Sidecar', '{outboundTrafficPolicy: null, egress: [{hosts: ["./*"]}]}', 'type'],
    ['no endpoints but the field', 'ServiceEntry', '{hosts: [a.b], endpoints: []}', 'rule'],
    [
      'two ways to match',
      'VirtualService',
      `{hosts: [a], http: [{match: [{uri: {exact: a, prefix: b}}], ${route}}]}`,
      'choice',
    ],
    [
      'a misspelt field',
      'DestinationRule',
      '{host: a, trafficPolicy: {tls: {mode: SIMPLE, snii: a}}}',
      'unknown-field',
    ],
  ] as const)('%s (%s)', (_, kind, spec, violation) => {
    const verdict = judgeSpec(kind, spec);
    expect(verdict?.admission.accepted).toBe(true);
    expect(verdict?.schema?.violations.map(item => item.kind)).toEqual([violation]);
  });
});

describe('warnings', () => {
  it.each([
    [
      'a rule behind one that takes everything',
      'VirtualService',
      `{hosts: [a], http: [{${route}}, {match: [{uri: {exact: /a}}], ${route}}]}`,
      'rule-unreachable',
    ],
    [
      'a prefix behind a shorter one',
      'VirtualService',
      `{hosts: [a], http: [{match: [{uri: {prefix: /a}}], ${route}}, {match: [{uri: {prefix: /ab}}], ${route}}]}`,
      'rule-ineffective',
    ],
    [
      'a deny of HTTP only',
      'AuthorizationPolicy',
      '{action: DENY, rules: [{to: [{operation: {methods: [GET]}}]}]}',
      'no-effect',
    ],
    ['hosts beside all hosts', 'Sidecar', "{egress: [{hosts: ['*/*', ns/a.b]}]}", 'no-effect'],
  ] as const)('%s (%s)', (_, kind, spec, code) => {
    const admission = judgeSpec(kind, spec)?.admission;
    expect(admission?.accepted).toBe(true);
    expect(admission?.warnings.map(warning => warning.code)).toContain(code);
  });
});

describe('the object around the spec', () => {
  const head = 'apiVersion: networking.istio.io/v1\nkind: ServiceEntry\n';
  it('a field beside spec and status is refused after the rules', () => {
    const admission = judge(
      `${head}metadata: {name: a}\nspec: {hosts: [a.b]}\nextra: 1\n`,
    )?.admission;
    expect(admission?.stage).toBe('fields');
  });
  it('a label that YAML makes a boolean of does not decode', () => {
    const admission = judge(
      `${head}metadata: {name: a, labels: {a: on}}\nspec: {hosts: [a.b]}\n`,
    )?.admission;
    expect(admission).toMatchObject({ stage: 'decode', errors: [{ path: 'metadata.labels.a' }] });
  });
  it('a kind in another spelling or group is not recognised', () => {
    expect(judge('apiVersion: networking.istio.io/v1\nkind: Serviceentry\n')?.admission.stage).toBe(
      'decode',
    );
    expect(judge('apiVersion: networking.istio.io/v2\nkind: ServiceEntry\n')?.admission.stage).toBe(
      'decode',
    );
  });
  it('objects of others are not judged', () => {
    expect(judge('apiVersion: v1\nkind: Pod\n')).toBeUndefined();
    expect(judge('apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\n')).toBeUndefined();
  });
  it('a dry run is for AuthorizationPolicies', () => {
    const text = `${head}metadata: {name: a, annotations: {istio.io/dry-run: 'true'}}\nspec: {hosts: [a.b]}\n`;
    expect(judge(text)?.admission.errors[0]?.code).toBe('annotation-invalid');
  });
});

describe('versions of Istio', () => {
  it('exclusions of hosts came with 1.31', () => {
    const spec = "{egress: [{hosts: ['~ns/a.b', './*']}]}";
    expect(judgeSpec('Sidecar', spec, { istioVersion: '1.31.0' })?.admission.accepted).toBe(true);
    expect(judgeSpec('Sidecar', spec, { istioVersion: '1.30.3' })?.admission.accepted).toBe(false);
  });
  it('DYNAMIC_DNS came after 1.26', () => {
    const spec = "{hosts: ['*.a.b'], resolution: DYNAMIC_DNS}";
    const old = judgeSpec('ServiceEntry', spec, { istioVersion: '1.26' });
    expect(old).toMatchObject({ admission: { stage: 'decode' }, schema: { accepted: false } });
  });
});

describe('the mesh configuration', () => {
  const mesh = (text: string, options?: ValidateOptions) => {
    const lines = text
      .split('\n')
      .map(line => `    ${line}\n`)
      .join('');
    return judge(
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio, namespace: istio-system}\ndata:\n  mesh: |\n${lines}`,
      options,
    );
  };
  it.each([
    ['', 'ALLOW_ANY'],
    ['outboundTrafficPolicy: {}', 'REGISTRY_ONLY'],
    ['outboundTrafficPolicy:', 'ALLOW_ANY'],
    ['outboundTrafficPolicy: {Mode: ALLOW_ANY}', 'REGISTRY_ONLY'],
    ['outboundTrafficPolicy:\nmode: REGISTRY_ONLY', 'ALLOW_ANY'],
    ['outbound_traffic_policy: {mode: 3}', 'ALLOW_ANY_DYNAMIC_DNS'],
  ])('`%s` means %s', (text, mode) => {
    expect(mesh(text)?.meshConfig?.outboundTrafficPolicy?.mode).toBe(mode);
  });
  it('takes providers that lack what they need: istiod only logs it', () => {
    const providers = "extensionProviders: [{name: ''}, {name: a, envoyExtAuthzGrpc: {}}]";
    expect(mesh(providers)?.admission.accepted).toBe(true);
  });
  it('keeps what `defaultConfig` does not name', () => {
    const proxy = mesh('defaultConfig: {statusPort: 1}')?.meshConfig?.defaultConfig;
    expect(proxy).toMatchObject({ statusPort: 1, proxyAdminPort: 15000 });
  });
  it.each([
    ['connectTimeout: 0s', 'validate'],
    ['proxyListenPort: 0', 'validate'],
    ['trustDomain: a_b', 'validate'],
    ['defaultConfig: {discoveryAddress: a}', 'validate'],
    ['connectTimeout: 5', 'decode'],
    ['extensionProviders: [{name: a, envoyExtAuthzHttp: {port: web}}]', 'decode'],
    ['ca: {requestTimeout: 5}', 'decode'],
    ['text', 'decode'],
  ])('`%s` is refused while istiod does %s', (text, stage) => {
    expect(mesh(text)?.admission.stage).toBe(stage);
  });
});
