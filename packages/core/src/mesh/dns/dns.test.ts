import { describe, expect, it } from 'vitest';
import { meshFromYaml } from '../mesh-from-yaml';
import { proxyOfPod } from '../proxy/proxies';
import type { MeshOptions } from '../settings/mesh-options';
import { answerName } from './answer-name';

const client = `
apiVersion: v1
kind: Pod
metadata: {name: client, namespace: a, annotations: {proxy.istio.io/config: '{"proxyMetadata": {"ISTIO_META_DNS_CAPTURE": "true"}}'}}
spec: {nodeName: n, containers: [{name: istio-proxy, args: [proxy, sidecar]}]}
status: {podIP: 10.0.0.1}`;

const created = 'creationTimestamp: "2026-01-01T00:00:00Z"';
const entry = (name: string, spec: string, status = '') => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: ${name}, namespace: a, ${created}}
spec: {ports: [{number: 80, name: http, protocol: HTTP}], ${spec}}
${status}`;

const web = `
apiVersion: v1
kind: Service
metadata: {name: web, namespace: b, ${created}}
spec: {clusterIP: 10.96.0.9, ports: [{port: 80, name: http}]}`;

function ask(documents: readonly string[], name: string, options: MeshOptions = {}) {
  const mesh = meshFromYaml([client, ...documents].join('\n---\n'), options);
  const proxy = proxyOfPod(mesh, 'a', 'client');
  if (proxy === undefined) throw new Error('no proxy');
  return answerName(mesh, proxy, name, 4);
}
const forwarded = { kind: 'forwarded' };

describe('names that the agent answers', () => {
  it.each(['web.b.svc.cluster.local', 'WEB.b.svc.cluster.local.', 'web.b', 'web.b.svc'])(
    'a Service of another namespace as %s',
    name => {
      expect(ask([web], name)).toMatchObject({ kind: 'answered', addresses: ['10.96.0.9'] });
    },
  );

  it('not by its bare name from another namespace', () => {
    expect(ask([web], 'web')).toEqual(forwarded);
  });

  it('with the first search domain appended, as an alias', () => {
    const answer = ask([web], 'web.b.a.svc.cluster.local');
    expect(answer).toMatchObject({ addresses: ['10.96.0.9'], cname: 'web.b' });
    expect(ask([web], 'web.b.svc.cluster.local.svc.cluster.local')).toEqual(forwarded);
  });

  it('but not to a name that ends in the letters of the search domain', () => {
    const full = 'web.b.svc.cluster.local';
    const search = 'a.svc.cluster.local';
    expect(ask([web], `${full}.${search}`)).toMatchObject({ cname: full });
    const other = web.replace('namespace: b', 'namespace: data');
    expect(ask([other], `web.data.svc.cluster.local.${search}`)).toEqual(forwarded);
    expect(ask([other], `web.data.${search}`)).toMatchObject({ cname: 'web.data' });
  });

  it('a ServiceEntry by its address, its allocated address, or not at all', () => {
    const vip = entry(
      'vip',
      'hosts: [vip.example.com], addresses: [192.0.2.1], resolution: STATIC',
    );
    const status = 'status: {addresses: [{host: auto.example.com, value: 240.240.0.5}]}';
    const auto = entry('auto', 'hosts: [auto.example.com], resolution: DNS', status);
    const passthrough = entry('none', 'hosts: [none.example.com], resolution: NONE');
    const documents = [vip, auto, passthrough];
    expect(ask(documents, 'vip.example.com')).toMatchObject({ addresses: ['192.0.2.1'] });
    expect(ask(documents, 'auto.example.com')).toMatchObject({ addresses: ['240.240.0.5'] });
    expect(ask(documents, 'none.example.com')).toEqual(forwarded);
  });

  it('all addresses of a ServiceEntry', () => {
    const two = entry(
      'two',
      'hosts: [two.example.com], addresses: [192.0.2.1, 192.0.2.2], resolution: STATIC',
    );
    expect(ask([two], 'two.example.com')).toMatchObject({ addresses: ['192.0.2.1', '192.0.2.2'] });
  });

  it.each(['2020', '2030'])('a Service beats a ServiceEntry of its name made in %s', year => {
    const squatter = entry(
      'squatter',
      'hosts: [web.b.svc.cluster.local], addresses: [192.0.2.1], resolution: STATIC',
    ).replace('2026-01-01', `${year}-01-01`);
    const answer = ask([web, squatter.replace('namespace: a', 'namespace: b')], 'web.b.svc');
    expect(answer).toMatchObject({ addresses: ['10.96.0.9'] });
  });

  it('pods that a ServiceEntry without resolution selects, but not endpoints that it lists', () => {
    const pod = `
apiVersion: v1
kind: Pod
metadata: {name: db, namespace: a, labels: {app: db}}
spec: {nodeName: n, containers: [{name: app}]}
status: {podIP: 10.0.0.7, conditions: [{type: Ready, status: "True"}]}`;
    const selecting =
      'hosts: [db.example.com], resolution: NONE, workloadSelector: {labels: {app: db}}';
    expect(ask([entry('s', selecting), pod], 'db.example.com')).toMatchObject({
      addresses: ['10.0.0.7'],
    });
    const listing = 'hosts: [db.example.com], resolution: NONE, endpoints: [{address: 192.0.2.1}]';
    expect(ask([entry('s', listing)], 'db.example.com')).toEqual(forwarded);
  });

  it('a range is no address', () => {
    const range = entry('r', 'hosts: [r.example.com], addresses: [192.0.2.0/24], resolution: NONE');
    expect(ask([range], 'r.example.com')).toEqual(forwarded);
  });

  it('a wildcard answers names below it, the name it stands on not', () => {
    const status = 'status: {addresses: [{host: "*.example.com", value: 240.240.0.5}]}';
    const wild = entry('w', 'hosts: ["*.example.com"], resolution: DYNAMIC_DNS', status);
    expect(ask([wild], 'x.y.example.com')).toMatchObject({ addresses: ['240.240.0.5'] });
    expect(ask([wild], 'example.com')).toEqual(forwarded);
  });

  it('nothing of the other family, but known', () => {
    const v6 = entry(
      'v6',
      'hosts: [v6.example.com], addresses: ["2001:db8::1"], resolution: STATIC',
    );
    expect(ask([v6], 'v6.example.com')).toMatchObject({ kind: 'answered', addresses: [] });
  });

  it('two entries that claim one name in different letter case are random', () => {
    const one = entry('one', 'hosts: [x.example.com], addresses: [192.0.2.1], resolution: STATIC');
    const two = entry('two', 'hosts: [X.example.com], addresses: [192.0.2.2], resolution: STATIC');
    expect(ask([one, two], 'x.example.com').kind).toBe('random');
  });

  it('an ExternalName Service is never answered', () => {
    const alias = `
apiVersion: v1
kind: Service
metadata: {name: ext, namespace: a}
spec: {type: ExternalName, externalName: web.b.svc.cluster.local}`;
    expect(ask([web, alias], 'ext.a.svc.cluster.local')).toEqual(forwarded);
  });
});

describe('headless services', () => {
  const headless = `
apiVersion: v1
kind: Service
metadata: {name: db, namespace: a, ${created}}
spec: {clusterIP: None, selector: {app: db}, ports: [{port: 5432, name: tcp}, {port: 80, name: http}]}`;
  const pod = (name: string, ip: string, ready: boolean) => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: a, labels: {app: db}}
spec: {nodeName: n, hostname: ${name}, subdomain: db, containers: [{name: app}]}
status: {podIP: ${ip}, conditions: [{type: Ready, status: "${ready ? 'True' : 'False'}"}]}`;
  const pods = [pod('db-0', '10.0.0.7', true), pod('db-1', '10.0.0.8', false)];

  it('answer the addresses of ready pods, each once, and a name for each', () => {
    expect(ask([headless, ...pods], 'db')).toMatchObject({ addresses: ['10.0.0.7'] });
    expect(ask([headless, ...pods], 'db-0.db.a.svc.cluster.local')).toMatchObject({
      addresses: ['10.0.0.7'],
    });
    expect(ask([headless, ...pods], 'db-1.db.a.svc.cluster.local')).toEqual(forwarded);
  });

  it('all pods when the Service publishes those that are not ready', () => {
    const all = headless.replace(
      'clusterIP: None',
      'clusterIP: None, publishNotReadyAddresses: true',
    );
    expect(ask([all, ...pods], 'db')).toMatchObject({ addresses: ['10.0.0.7', '10.0.0.8'] });
  });
});

describe('auto-allocated addresses that no cluster has written', () => {
  const authored = (name: string) =>
    entry(name, `hosts: [${name}.example.com], resolution: DNS`).replace(`, ${created}`, '');

  it('are taken in the order of names, whatever the order of the manifests', () => {
    const forth = ask([authored('one'), authored('two')], 'two.example.com');
    const back = ask([authored('two'), authored('one')], 'two.example.com');
    expect(forth).toMatchObject({ addresses: ['240.240.0.2'] });
    expect(back).toEqual({ ...forth, origin: expect.anything() });
  });

  it('an object read from a cluster shows what it has', () => {
    const live = entry('one', 'hosts: [one.example.com], resolution: DNS');
    expect(ask([live], 'one.example.com')).toEqual(forwarded);
  });

  it('none with the feature off', () => {
    const options = { flags: { PILOT_ENABLE_IP_AUTOALLOCATE: 'false' } };
    expect(ask([authored('one')], 'one.example.com', options)).toEqual(forwarded);
  });
});
