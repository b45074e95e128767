import { describe, expect, it } from 'vitest';
import { callerIn, policy, where } from '../call-through';

let created = 0;
const nextTime = () => {
  created += 1;
  return new Date(Date.UTC(2026, 0, 1) + created * 1000).toISOString();
};
/** A Service with ports 80 and 8080; its address ends in the number of services so far. */
let addresses = 10;
function service(namespace: string, name: string, ports = ['http-a: 80', 'http-b: 8080']) {
  addresses += 1;
  const list = ports.map(text => {
    const [portName = '', number = ''] = text.split(': ');
    return `{name: ${portName}, port: ${number}}`;
  });
  return `
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: ${namespace}, creationTimestamp: "${nextTime()}"}
spec: {clusterIP: 10.96.0.${addresses}, ports: [${list.join(', ')}]}`;
}
const virtualService = (namespace: string, name: string, hosts: string, rest: string) => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ${name}, namespace: ${namespace}, creationTimestamp: "${nextTime()}"}
spec:
  hosts: ${hosts}
  ${rest}`;
const routeTo = (host: string) => `http: [{route: [{destination: {host: ${host}}}]}]`;
const sidecar = (hosts: string) => `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: default, namespace: default}
spec: {egress: [{hosts: ${hosts}}]}`;
const entry = (host: string, spec: string) => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: ${host.replaceAll(/[^a-z0-9]/gi, '-').toLowerCase()}, namespace: default, creationTimestamp: "${nextTime()}"}
spec: {hosts: ["${host}"], ${spec}}`;

const fqdn = (name: string, namespace = 'default') => `${name}.${namespace}.svc.cluster.local`;
const known = service('default', 'known');
const other = service('default', 'other');
const base = [policy('REGISTRY_ONLY'), known, other];
const blocked = '502 block_all';

/** Asks by Host; whether the services of these meshes have endpoints is not the point. */
function asking(documents: readonly string[]) {
  const call = callerIn([...base, ...documents]);
  return (host: string, port = 80) =>
    where(call({ to: `9.9.9.9:${port}`, speaks: 'http', host })).replace(/^no-healthy-host /, '');
}

describe('names of a service', () => {
  const ask = asking([service('far', 'web')]);
  it.each(['known', 'known.default', 'known.default.svc', fqdn('known'), `${fqdn('known')}.`])(
    'a service of the own namespace answers to %s',
    host => {
      expect(ask(host)).toBe(`outbound|80||${fqdn('known')}`);
      expect(ask(host.toUpperCase())).toBe(`outbound|80||${fqdn('known')}`);
      expect(ask(`${host}:12345`)).toBe(`outbound|80||${fqdn('known')}`);
    },
  );
  it('one of another namespace does not answer to its bare name', () => {
    expect(ask('web.far')).toBe(`outbound|80||${fqdn('web', 'far')}`);
    expect(ask('web')).toBe(blocked);
    expect(ask('known.')).toBe(blocked);
  });
  it('the expanded name of one host loses to a real host of that name', () => {
    const short = asking([
      entry('known', 'resolution: DNS, ports: [{number: 80, name: h, protocol: HTTP}]'),
    ]);
    expect(short('known')).toBe('outbound|80||known');
    expect(short('known.default')).toBe(`outbound|80||${fqdn('known')}`);
  });
});

describe('VirtualServices', () => {
  it('the destination port follows the listener', () => {
    const ask = asking([
      virtualService('default', 'v', `[${fqdn('known')}]`, routeTo(fqdn('other'))),
    ]);
    expect(ask('known', 80)).toBe(`outbound|80||${fqdn('other')}`);
    expect(ask('known', 8080)).toBe(`outbound|8080||${fqdn('other')}`);
  });
  it('a host that no service has works on port 80 only', () => {
    const ask = asking([virtualService('default', 'v', '[foo.com]', routeTo('foo.com'))]);
    expect(ask('foo.com')).toBe('no-cluster outbound|80||foo.com');
    expect(ask('foo.com.')).toBe(blocked);
    expect(ask('foo.com', 8080)).toBe(blocked);
  });
  it('or rides along with a registered host of the same VirtualService', () => {
    const hosts = `[${fqdn('known')}, foo.com]`;
    const ask = asking([virtualService('default', 'v', hosts, routeTo(fqdn('other')))]);
    expect(ask('foo.com', 8080)).toBe(`outbound|8080||${fqdn('other')}`);
  });
  it('the oldest of one host counts, wherever it is', () => {
    const ask = asking([
      virtualService('third', 'old', `[${fqdn('known')}]`, routeTo(fqdn('other'))),
      virtualService('default', 'new', `[${fqdn('known')}]`, routeTo(fqdn('known'))),
    ]);
    expect(ask('known')).toBe(`outbound|80||${fqdn('other')}`);
  });
  it.each([true, false])('an exact host beats a wildcard, older or not: %s', exactFirst => {
    const exact = () => virtualService('default', 'e', `[${fqdn('known')}]`, routeTo('exact.com'));
    const wild = () => virtualService('default', 'w', '["*.cluster.local"]', routeTo('wild.com'));
    const ask = asking(exactFirst ? [exact(), wild()] : [wild(), exact()]);
    expect(ask('known')).toBe('no-cluster outbound|80||exact.com');
    expect(ask('other')).toBe('no-cluster outbound|80||wild.com');
    expect(ask('x.cluster.local')).toBe(blocked);
  });
  it('a wildcard that covers no service is a domain of its own', () => {
    const ask = asking([virtualService('default', 'w', '["*.unknown.com"]', routeTo('wild.com'))]);
    expect(ask('a.b.unknown.com')).toBe('no-cluster outbound|80||wild.com');
    expect(ask('unknown.com')).toBe(blocked);
  });
  it('a name with a dot is taken as it is and takes the short name of a service', () => {
    const ask = asking([
      virtualService('default', 'v', '[known.default]', routeTo('known.default')),
    ]);
    expect(ask('known.default')).toBe('no-cluster outbound|80||known.default');
    expect(ask('known')).toBe(`outbound|80||${fqdn('known')}`);
  });
  it('is taken whole when one of its hosts is imported', () => {
    const hosts = `[${fqdn('known')}, ${fqdn('other')}]`;
    const ask = asking([
      sidecar(`["*/${fqdn('known')}"]`),
      virtualService('default', 'v', hosts, routeTo(fqdn('known'))),
    ]);
    expect(ask('known')).toBe(`outbound|80||${fqdn('known')}`);
    expect(ask(fqdn('other'))).toBe(`outbound|80||${fqdn('known')}`);
  });
  it('gives a cluster to a destination that the Sidecar does not import', () => {
    const ask = asking([
      sidecar(`["*/${fqdn('known')}"]`),
      virtualService('default', 'v', `[${fqdn('known')}]`, routeTo(fqdn('other'))),
    ]);
    expect(ask('known')).toBe(`outbound|80||${fqdn('other')}`);
    expect(ask(fqdn('other'))).toBe(blocked);
  });
});

describe('rules of a VirtualService', () => {
  const web = (http: string) => virtualService('default', 'v', `[${fqdn('known')}]`, http);
  const to = (host: string) => `route: [{destination: {host: ${host}}}]`;
  it('what another client or gateway is meant for is left out', () => {
    const ask = asking([
      web(`http:
  - match: [{sourceLabels: {app: another}}]
    ${to('labels.com')}
  - match: [{sourceNamespace: far}]
    ${to('namespace.com')}
  - match: [{gateways: [far/gw]}]
    ${to('gateway.com')}
  - match: [{port: 8080}]
    ${to('port.com')}
  - match: [{gateways: [mesh], sourceNamespace: far}]
    ${to('mesh.com')}`),
    ]);
    expect(ask('known')).toBe('no-cluster outbound|80||mesh.com');
    expect(ask('known', 8080)).toBe('no-cluster outbound|8080||port.com');
  });
  it('without a rule for this client the service keeps its own route', () => {
    const ask = asking([web(`http: [{match: [{sourceNamespace: far}], ${to('far.com')}}]`)]);
    expect(ask('known')).toBe(`outbound|80||${fqdn('known')}`);
  });
  it('no rule that matches is 404, not the catch-all', () => {
    const ask = asking([web(`http: [{match: [{uri: {exact: /a}}], ${to('a.com')}}]`)]);
    expect(ask('known')).toBe(`404 ${fqdn('known')}:80`);
  });
  it('nothing after a catch-all is reached, and zero weights are left out', () => {
    const ask = asking([
      web(`http:
  - route:
    - {destination: {host: zero.com}, weight: 0}
    - {destination: {host: all.com}, weight: 100}
  - ${to('never.com')}`),
    ]);
    expect(ask('known')).toBe('outbound|80||all.com');
  });
  it('a destination names its port, the only port of the service, or takes the listener port', () => {
    const single = service('default', 'single', ['http: 80']);
    const named = asking([
      web(`http: [{route: [{destination: {host: single, port: {number: 99}}}]}]`),
    ]);
    expect(named('known')).toBe(`no-cluster outbound|99||${fqdn('single')}`);
    const only = asking([single, web(`http: [{${to('single')}}]`)]);
    expect(only('known')).toBe(`outbound|80||${fqdn('single')}`);
  });
});

describe('sniffed services', () => {
  it('a service with an address answers any Host by its own routes', () => {
    const auto = entry(
      'auto.io',
      'addresses: [1.1.1.1], resolution: STATIC, endpoints: [{address: 2.2.2.2}], ports: [{number: 70, name: a, protocol: ""}]',
    );
    const call = callerIn([...base, auto]);
    const walk = call({ to: '1.1.1.1:70', speaks: 'http', host: 'whatever' });
    expect(walk.routeConfigName).toBe('auto.io:70');
    expect(where(walk)).toBe('outbound|70||auto.io');
    expect(where(call({ to: '1.1.1.1:70', speaks: 'tcp' }))).toBe('outbound|70||auto.io');
  });
});

describe('addresses as Host', () => {
  const http =
    'resolution: STATIC, endpoints: [{address: 2.2.2.2}], ports: [{number: 80, name: h, protocol: HTTP}]';
  it('the address of a service is a domain', () => {
    const ask = asking([entry('one.io', `addresses: [1.1.1.1], ${http}`)]);
    expect(ask('1.1.1.1')).toBe('outbound|80||one.io');
  });
  it('of several addresses of one entry it is random which is one', () => {
    const ask = asking([entry('two.io', `addresses: [1.1.1.1, 1.1.1.2], ${http}`)]);
    expect(ask('1.1.1.1')).toBe('undetermined');
    expect(ask('1.1.1.2')).toBe('undetermined');
    expect(ask('two.io')).toBe('outbound|80||two.io');
  });
  it('of several hosts with one address it is random which has it', () => {
    const ask = asking([
      entry('one.io', `addresses: [1.1.1.1], ${http}`),
      entry('two.io', `addresses: [1.1.1.1], ${http}`),
    ]);
    expect(ask('1.1.1.1')).toBe('undetermined');
    expect(ask('1.1.1.9')).toBe(blocked);
  });
});

describe('ExternalName', () => {
  const alias = `
apiVersion: v1
kind: Service
metadata: {name: alias, namespace: default}
spec: {type: ExternalName, externalName: ${fqdn('known')}}`;
  it('is another name of the service that it points to', () => {
    const ask = asking([alias]);
    expect(ask('alias')).toBe(`outbound|80||${fqdn('known')}`);
    expect(ask(fqdn('alias'), 8080)).toBe(`outbound|8080||${fqdn('known')}`);
  });
  it('a VirtualService of it takes only the name as written', () => {
    const ask = asking([
      alias,
      virtualService('default', 'v', `[${fqdn('alias')}]`, routeTo('one.com')),
    ]);
    expect(ask(fqdn('alias'))).toBe('no-cluster outbound|80||one.com');
    expect(ask('alias.default')).toBe(`outbound|80||${fqdn('known')}`);
    expect(ask(fqdn('known'))).toBe(`outbound|80||${fqdn('known')}`);
  });
});
