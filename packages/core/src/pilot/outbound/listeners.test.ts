import { describe, expect, it } from 'vitest';
import { callerIn, clientPod, meshConfig, policy, where } from '../call-through';

let created = 0;
/** A ServiceEntry; later ones are younger. */
function entry(host: string, spec: string, name = host.replaceAll(/[^a-z0-9]/g, '-')) {
  created += 1;
  const time = new Date(Date.UTC(2026, 0, 1) + created * 1000).toISOString();
  return `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: ${name}, namespace: default, creationTimestamp: "${time}"}
spec: {hosts: ["${host}"], ${spec}}`;
}
const port = (number: number, protocol: string) =>
  `ports: [{number: ${number}, name: p, protocol: "${protocol}"}]`;
const registryOnly = policy('REGISTRY_ONLY');
const closed = 'no-healthy-host BlackHoleCluster';

describe('CIDR addresses', () => {
  const cidr = (host: string, range: string, protocol = 'TCP') =>
    entry(host, `addresses: ["${range}"], resolution: NONE, ${port(9999, protocol)}`);
  it('of two equal ranges the older entry has it', () => {
    const call = callerIn([registryOnly, cidr('a.io', '10.1.2.0/16'), cidr('b.io', '10.1.0.0/16')]);
    const walk = call({ to: '10.1.9.9:9999', speaks: 'tcp' });
    expect([walk.listener?.name, where(walk)]).toEqual(['0.0.0.0_9999', 'outbound|9999||a.io']);
  });
  it('of two overlapping ranges the narrower one counts', () => {
    const call = callerIn([registryOnly, cidr('a.io', '10.1.0.0/16'), cidr('b.io', '10.1.1.0/24')]);
    expect(where(call({ to: '10.1.9.9:9999', speaks: 'tcp' }))).toBe('outbound|9999||a.io');
    expect(where(call({ to: '10.1.1.9:9999', speaks: 'tcp' }))).toBe('outbound|9999||b.io');
  });
  it('TLS in the narrow range with the name of the wide one finds nothing', () => {
    const call = callerIn([
      registryOnly,
      cidr('a.io', '10.1.0.0/16', 'TLS'),
      cidr('b.io', '10.1.1.0/24', 'TLS'),
    ]);
    const tls = (to: string, sni: string) => where(call({ to, speaks: 'tls', sni }));
    expect(tls('10.1.1.9:9999', 'b.io')).toBe('outbound|9999||b.io');
    expect(tls('10.1.9.9:9999', 'a.io')).toBe('outbound|9999||a.io');
    expect(tls('10.1.1.9:9999', 'a.io')).toBe(closed);
    expect(tls('10.1.9.9:9999', 'b.io')).toBe(closed);
  });
  it('every address of a list is served', () => {
    const two = entry(
      'a.io',
      `addresses: [10.1.0.0/24, 10.2.0.0/24], resolution: NONE, ${port(443, 'TCP')}`,
    );
    const call = callerIn([registryOnly, two]);
    expect(where(call({ to: '10.2.0.7:443', speaks: 'tls' }))).toBe('outbound|443||a.io');
  });
});

describe('several services on one address and port', () => {
  it('the oldest TCP service has the address', () => {
    const at = 'addresses: [1.1.1.1], resolution: NONE';
    const call = callerIn([
      registryOnly,
      entry('a.io', `${at}, ${port(80, 'TCP')}`),
      entry('b.io', `addresses: [2.2.2.2, 1.1.1.1], resolution: NONE, ${port(80, 'TCP')}`),
    ]);
    expect(where(call({ to: '1.1.1.1:80', speaks: 'tcp' }))).toBe('outbound|80||a.io');
    expect(where(call({ to: '2.2.2.2:80', speaks: 'tcp' }))).toBe('outbound|80||b.io');
  });
  it.each([
    ['HTTP', 'TCP'],
    ['TCP', 'HTTP'],
  ])('HTTP and TCP share the wildcard, whichever is older: %s, %s', (first, second) => {
    const of = (protocol: string) =>
      entry(`${protocol.toLowerCase()}.io`, `resolution: DNS, ${port(9000, protocol)}`);
    const call = callerIn([registryOnly, of(first), of(second)]);
    const to = '9.9.9.9:9000';
    expect(where(call({ to, speaks: 'http', host: 'http.io' }))).toBe('outbound|9000||http.io');
    expect(where(call({ to, speaks: 'http', host: 'tcp.io' }))).toBe('502 block_all');
    expect(where(call({ to, speaks: 'tcp' }))).toBe('outbound|9000||tcp.io');
  });
  it('before 1.32 one of the addresses of an undeclared port is left out, at random', () => {
    const two = 'addresses: [10.1.0.0/24, 10.2.0.0/24], resolution: NONE';
    const at = (istioVersion: string) => {
      const a = entry('a.io', `${two}, ${port(9000, '')}`);
      const call = callerIn([registryOnly, a], { istioVersion });
      return ['10.1.0.9', '10.9.0.9'].map(to => where(call({ to: `${to}:9000`, speaks: 'tcp' })));
    };
    expect(at('1.32')).toEqual(['outbound|9000||a.io', closed]);
    expect(at('1.30')).toEqual(['undetermined', closed]);
  });
  it.each(['MongoDB', 'MySQL'])('a server-first protocol shares with nobody: %s', name => {
    const protocol = name.replace('DB', '').toUpperCase();
    const call = callerIn([
      registryOnly,
      entry('db.io', `resolution: DNS, ${port(9000, protocol)}`),
      entry('web.io', `resolution: DNS, ${port(9000, 'HTTP')}`),
    ]);
    const walk = call({ to: '9.9.9.9:9000', speaks: 'http', host: 'web.io' });
    expect(where(walk)).toBe('outbound|9000||db.io');
  });
});

describe('a range of all addresses', () => {
  const all = (addresses: string) =>
    entry('all.io', `addresses: [${addresses}], resolution: NONE, ${port(9000, 'TCP')}`);
  const web = entry('web.io', `resolution: DNS, ${port(9000, 'HTTP')}`);
  const call = (documents: readonly string[]) => callerIn([registryOnly, ...documents]);
  const tcp = { to: '5.5.5.5:9000', speaks: 'tcp' } as const;
  it('takes every connection when it stands alone', () => {
    expect(where(call([all('0.0.0.0/0')])(tcp))).toBe('outbound|9000||all.io');
  });
  it('loses plaintext to the policy when HTTP is sniffed beside it, as it is no default chain', () => {
    const walk = call([all('0.0.0.0/0'), web])(tcp);
    expect([walk.filterChain?.name, where(walk)]).toEqual(['PassthroughFilterChain', closed]);
    expect(where(call([all('5.0.0.0/8'), web])(tcp))).toBe('outbound|9000||all.io');
  });
});

describe('an egress port that is an HTTP proxy', () => {
  const web = entry('web.io', `resolution: DNS, ${port(80, 'HTTP')}`);
  const sidecar = (protocol: string) => `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: default, namespace: default}
spec: {egress: [{port: {number: 3128, protocol: ${protocol}, name: p}, hosts: ["*/*"]}]}`;
  const tcp = (protocol: string) =>
    callerIn([registryOnly, web, sidecar(protocol)])({ to: '5.5.5.5:3128', speaks: 'tcp' });
  it('takes nothing but HTTP, while one that is HTTP leaves other bytes to the policy', () => {
    expect(tcp('HTTP_PROXY').outcome).toBe('protocol-error');
    expect(where(tcp('HTTP'))).toBe(closed);
  });
});

describe('ports that Envoy itself uses', () => {
  const http = (number: number) => entry('a.io', `resolution: DNS, ${port(number, 'HTTP')}`);
  const tcp = (number: number) =>
    entry('a.io', `addresses: [1.1.1.1], resolution: DNS, ${port(number, 'TCP')}`);
  it.each([15021, 15090, 15001])('an HTTP service on %i gets no listener', number => {
    const call = callerIn([registryOnly, http(number)]);
    const walk = call({ to: `1.1.1.1:${number}`, speaks: 'http', host: 'a.io' });
    expect(walk.listener?.name).toBe('virtualOutbound');
  });
  it.each([15090, 15006])('a TCP service with an address on %i does', number => {
    const call = callerIn([registryOnly, tcp(number)]);
    const walk = call({ to: `1.1.1.1:${number}`, speaks: 'tcp' });
    expect(walk.listener?.name).toBe(`1.1.1.1_${number}`);
  });
});

describe('headless services', () => {
  const pod = (name: string, ip: string) => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: default, labels: {app: headless}}
spec: {containers: [{name: app}]}
status: {podIP: ${ip}, podIPs: [{ip: ${ip}}], conditions: [{type: Ready, status: "True"}]}`;
  const service = `
apiVersion: v1
kind: Service
metadata: {name: headless, namespace: default}
spec:
  clusterIP: None
  selector: {app: headless}
  ports:
  - {name: http, port: 80}
  - {name: auto, port: 81}
  - {name: tcp, port: 82}
  - {name: tls, port: 83}`;
  const slice = `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: headless-x, namespace: default, labels: {kubernetes.io/service-name: headless}}
addressType: IPv4
endpoints: [{addresses: [10.0.0.5], conditions: {ready: true}}]
ports:
- {name: http, port: 80}
- {name: auto, port: 81}
- {name: tcp, port: 82}
- {name: tls, port: 83}`;
  const call = callerIn([registryOnly, service, slice, pod('headless-0', '10.0.0.5')]);
  const cluster = (number: number) => `outbound|${number}||headless.default.svc.cluster.local`;
  it('HTTP goes by name, also with a name of one instance', () => {
    for (const host of ['headless', 'one.headless.default', 'x.headless.default.svc:12345']) {
      expect(where(call({ to: '10.0.0.5:80', speaks: 'http', host }))).toBe(cluster(80));
    }
    expect(where(call({ to: '10.0.0.5:80', speaks: 'http', host: '10.0.0.5' }))).toBe(
      '502 block_all',
    );
  });
  it('other ports go by the address of the pod', () => {
    expect(where(call({ to: '10.0.0.5:81', speaks: 'http', host: 'any' }))).toBe(cluster(81));
    expect(where(call({ to: '10.0.0.5:82', speaks: 'tcp' }))).toBe(cluster(82));
    expect(where(call({ to: '10.0.0.5:83', speaks: 'tls', sni: 'any' }))).toBe(cluster(83));
    expect(where(call({ to: '10.0.0.6:82', speaks: 'tcp' }))).toBe(closed);
  });
  it('a flag makes one listener with a chain for each endpoint', () => {
    const flags = { PILOT_ENABLE_HEADLESS_FILTER_CHAIN_LISTENER: 'true' };
    const chained = callerIn([registryOnly, service, slice], { flags });
    const walk = chained({ to: '10.0.0.5:82', speaks: 'tcp' });
    expect([walk.listener?.name, where(walk)]).toEqual(['0.0.0.0_82', cluster(82)]);
    expect(where(chained({ to: '10.0.0.6:82', speaks: 'tcp' }))).toBe(closed);
    expect(where(chained({ to: '10.0.0.5:83', speaks: 'tls', sni: 'any' }))).toBe(cluster(83));
    expect(chained({ to: '10.0.0.5:81', speaks: 'tcp' }).listener?.name).toBe('10.0.0.5_81');
  });
  it('the pod itself has no listener for its own address', () => {
    const own = callerIn([registryOnly, service, slice.replace('10.0.0.5', '10.0.0.1')]);
    expect(own({ to: '10.0.0.1:82', speaks: 'tcp' }).listener?.name).toBe('virtualOutbound');
  });
  it('without endpoints there is no listener', () => {
    const empty = callerIn([registryOnly, service]);
    expect(empty({ to: '10.0.0.5:82', speaks: 'tcp' }).listener?.name).toBe('virtualOutbound');
  });
});

describe('interception mode NONE', () => {
  const none = meshConfig('defaultConfig: {interceptionMode: NONE}');
  const web = entry('web.io', `resolution: DNS, ${port(8080, 'HTTP')}`);
  const low = entry('low.io', `resolution: DNS, ${port(443, 'TCP')}`);
  it('binds to loopback and redirects nothing', () => {
    const call = callerIn([none, web]);
    const bound = call({ to: '127.0.0.1:8080', speaks: 'http', host: 'web.io', entry: 'direct' });
    expect(bound.listener?.name).toBe('127.0.0.1_8080');
    expect(call({ to: '9.9.9.9:8080', speaks: 'http', entry: 'direct' }).outcome).toBe(
      'no-listener',
    );
  });
  it('an unprivileged pod cannot bind low ports', () => {
    const settings = 'proxyMetadata: {ISTIO_META_UNPRIVILEGED_POD: "true"}';
    const unprivileged = clientPod.replace(
      'metadata: {name: client',
      `metadata: {annotations: {proxy.istio.io/config: '${settings}'}, name: low`,
    );
    const to = { to: '127.0.0.1:443', speaks: 'tcp', entry: 'direct' } as const;
    expect(callerIn([none, low])(to).listener?.name).toBe('127.0.0.1_443');
    expect(callerIn([none, low, unprivileged], { pod: 'low' })(to).outcome).toBe('no-listener');
  });
});

describe('a pod with addresses of both families', () => {
  const dual = clientPod
    .replace('{name: client', '{name: dual')
    .replace('[{ip: 10.0.0.1}]', '[{ip: 10.0.0.1}, {ip: "2001:db8::1"}]');
  const web = entry('web.io', `resolution: DNS, ${port(80, 'HTTP')}`);
  const listener = (flags: Readonly<Record<string, string>>) => {
    const call = callerIn([registryOnly, dual, web], { pod: 'dual', flags });
    const walk = call({ to: '[2001:db8::9]:80', speaks: 'http', host: 'web.io' });
    return walk.listener;
  };
  it('has IPv6 listeners only with ISTIO_DUAL_STACK', () => {
    expect(listener({})?.name).toBe('virtualOutbound');
    expect(listener({ ISTIO_DUAL_STACK: 'true' })).toMatchObject({
      name: '0.0.0.0_80',
      additionalAddresses: ['::'],
    });
  });
});

describe('an explicit HTTP proxy', () => {
  const proxy = meshConfig('proxyHttpPort: 15007\noutboundTrafficPolicy: {mode: REGISTRY_ONLY}');
  const call = callerIn([proxy, entry('a.io', `resolution: DNS, ${port(80, 'HTTP')}`)]);
  it('listens on loopback and strips the port of Host', () => {
    const ask = (host: string) => where(call({ to: '127.0.0.1:15007', speaks: 'http', host }));
    expect(ask('a.io')).toBe('outbound|80||a.io');
    expect(ask('a.io:443')).toBe('outbound|80||a.io');
    expect(ask('b.io')).toBe('502 block_all');
  });
});

describe('tunnels', () => {
  const rule = (spec: string) => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: dr, namespace: default}
spec: {host: a.io, ${spec}}`;
  const tunnel = 'trafficPolicy: {tunnel: {targetHost: b.io, targetPort: 443}}';
  const tunnelTo = (document: string) => {
    const a = entry('a.io', `addresses: [1.1.1.1], resolution: DNS, ${port(443, 'TCP')}`);
    const walk = callerIn([a, document])({ to: '1.1.1.1:443', speaks: 'tcp' });
    return walk.filterChain?.filter;
  };
  it('wrap what goes to a host whose DestinationRule asks for it', () => {
    expect(tunnelTo(rule(tunnel))).toHaveProperty('tunnel', 'b.io:443');
    expect(tunnelTo(rule(`subsets: [{name: v1, ${tunnel}}]`))).not.toHaveProperty('tunnel');
  });
  const v1 = '{destination: {host: a.io, subset: v1}';
  const routed = (spec: string, route: string) =>
    tunnelTo(`${rule(spec)}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: vs, namespace: default}
spec: {hosts: [a.io], tcp: [{route: [${route}]}]}`);
  const other = tunnel.replace('b.io', 'c.io');
  it('a subset has its own or none', () => {
    const subset = (policy: string) => `${tunnel}, subsets: [{name: v1${policy}}]`;
    expect(routed(subset(''), `${v1}}`)).not.toHaveProperty('tunnel');
    expect(routed(subset(`, ${other}`), `${v1}}`)).toHaveProperty('tunnel', 'c.io:443');
    expect(routed(subset(''), '{destination: {host: a.io}}')).toHaveProperty('tunnel', 'b.io:443');
  });
  it('weighted destinations share that of the rule of the first', () => {
    const half = (host: string) => `{destination: {host: ${host}}, weight: 50}`;
    const spec = `${tunnel}, subsets: [{name: v1, ${other}}]`;
    expect(routed(spec, `${v1}, weight: 50}, ${half('d.io')}`)).toHaveProperty(
      'tunnel',
      'b.io:443',
    );
    expect(routed(spec, `${half('d.io')}, ${half('a.io')}`)).not.toHaveProperty('tunnel');
  });
});
