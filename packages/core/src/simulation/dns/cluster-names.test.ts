import { describe, expect, it } from 'vitest';
import { meshFromYaml } from '../../mesh/mesh-from-yaml';
import { allowAny, deployment, document, namespace } from '../../testing/manifest-text';
import { simulate } from '../simulate';

const statefulSet = (more = '') =>
  document(`apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: data}
spec:
  serviceName: db
  ${more}
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {hostname: other, containers: [{name: db, ports: [{containerPort: 5432}]}]}`);
const headless = (more = '') =>
  document(
    `apiVersion: v1\nkind: Service\nmetadata: {name: db, namespace: data}\nspec: {clusterIP: None, selector: {app: db}, ports: [{name: tcp-pg, port: 5432}]${more}}`,
  );
const slice = (endpoints: string) =>
  document(`apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: db-1, namespace: data, labels: {kubernetes.io/service-name: db}}
addressType: IPv4
ports: [{name: tcp-pg, port: 5432}]
endpoints: [${endpoints}]`);

const base = allowAny + namespace('shop') + namespace('data') + deployment('web') + headless();

function ask(manifests: string, to: string, from = 'web') {
  const where = from === 'web' ? 'shop' : 'data';
  const kind = from === 'web' ? 'Deployment' : 'StatefulSet';
  const { symptom, disposition } = simulate(meshFromYaml(manifests), {
    from: { kind, namespace: where, name: from },
    to,
    port: 5432,
    protocol: 'tcp',
  });
  return { disposition, ...symptom.dns };
}

/** CoreDNS, plugin kubernetes; Kubernetes `stateful_set_utils.go:initIdentity` for the names of pods. */
describe('a headless Service in the DNS of the cluster', () => {
  it('without slices in the input answers with the pods that its selector takes', () => {
    const { result, addresses, disposition } = ask(base + statefulSet(), 'db.data');
    expect([disposition, result, addresses?.length]).toEqual(['delivered', 'ok', 1]);
  });
  it('names each replica of a StatefulSet, with an address of its own', () => {
    const mesh = base + statefulSet('replicas: 3');
    const all = ask(mesh, 'db.data').addresses ?? [];
    const each = ['db-0', 'db-1', 'db-2'].flatMap(
      pod => ask(mesh, `${pod}.db.data.svc.cluster.local`).addresses ?? [],
    );
    expect(new Set(each).size).toBe(3);
    expect([...each].sort()).toEqual([...all].sort());
    expect(ask(mesh, 'db-3.db.data.svc.cluster.local').result).toBe('nxdomain');
    expect(ask(mesh, 'other.db.data.svc.cluster.local').result).toBe('nxdomain');
  });
  it('leads from one replica to another, past both sidecars', () => {
    const mesh = base + statefulSet('replicas: 2');
    const { disposition, addresses } = ask(mesh, 'db-1.db', 'db');
    expect(disposition).toBe('delivered');
    expect(addresses).not.toEqual(ask(mesh, 'db-0.db', 'db').addresses);
  });
  it('has no name where no pod is behind it', () => {
    expect(ask(base, 'db.data.svc.cluster.local')).toMatchObject({
      disposition: 'not-sent',
      result: 'nodata',
    });
    expect(ask(base + statefulSet('replicas: 0'), 'db.data.svc.cluster.local').result).toBe(
      'nodata',
    );
  });
  it('goes by its slices where the input has them, ready ones only', () => {
    const ready = '{addresses: [10.9.0.1], hostname: db-0, conditions: {ready: true}}';
    const waiting = '{addresses: [10.9.0.2], hostname: db-1, conditions: {ready: false}}';
    const mesh = base + statefulSet('replicas: 2') + slice(`${ready}, ${waiting}`);
    expect(ask(mesh, 'db.data').addresses).toEqual(['10.9.0.1']);
    expect(ask(mesh, 'db-0.db.data').addresses).toEqual(['10.9.0.1']);
    expect(ask(mesh, 'db-1.db.data.svc.cluster.local').result).toBe('nxdomain');
  });
  it('does not take time by the number of replicas', () => {
    expect(ask(base + statefulSet('replicas: 2000000000'), 'db.data').addresses).toHaveLength(16);
  });
});
