import { describe, expect, it } from 'vitest';
import { assumedClusterIp } from '../addresses/assumed-service-addresses';
import { endpointsByName } from '../endpoints/endpoints';
import { meshFromYaml } from '../mesh-from-yaml';
import { proxiesOf } from '../proxy/proxies';
import { findWorkload } from './workloads';

const deployment = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  template:
    metadata: {labels: {app: web, sidecar.istio.io/inject: "true"}}
    spec: {containers: [{name: app, ports: [{name: http, containerPort: 8080}]}]}`;
const service = `
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: http}]}`;

const meshOf = (...documents: readonly string[]) => meshFromYaml(documents.join('\n---\n'));

describe('manifests as authors write them', () => {
  it('a Deployment without pods has one proxy with an assumed address', () => {
    const mesh = meshOf(deployment);
    const workload = findWorkload(mesh, 'shop/web');
    const [proxy, ...others] = workload === undefined ? [] : proxiesOf(mesh, workload);
    expect(others).toEqual([]);
    expect(proxy?.ips).toHaveLength(1);
    expect(proxy?.assumptions.map(({ code }) => code)).toEqual(['pod-ip-assumed']);
  });

  it('a Service without cluster IP gets one that does not depend on the order', () => {
    const first = meshOf(deployment, service).services[0]?.defaultAddress;
    const second = meshOf(service, deployment).services[0]?.defaultAddress;
    expect(first).toMatch(/^10\.(9[6-9]|10\d|11[01])\./);
    expect(second).toBe(first);
  });

  it('a Service with a cluster IP keeps it', () => {
    const mesh = meshOf(service.replace('spec: {', 'spec: {clusterIP: 10.1.2.3, '));
    expect(mesh.services[0]?.defaultAddress).toBe('10.1.2.3');
    expect(mesh.resources.services.map(item => assumedClusterIp(mesh, item))).toEqual([undefined]);
  });

  it('the selector finds the pod, the named target port its number', () => {
    const mesh = meshOf(deployment, service);
    const [web] = mesh.services;
    const endpoints = web === undefined ? [] : endpointsByName(mesh, web, 'http');
    expect(endpoints).toHaveLength(1);
    expect(endpoints[0]).toMatchObject({ port: 8080, tlsMode: 'istio', health: 'healthy' });
  });

  it('a template that refuses injection has no proxy, and its endpoint takes no mTLS', () => {
    const plain = deployment.replace('inject: "true"', 'inject: "false"');
    const mesh = meshOf(plain, service);
    const workload = findWorkload(mesh, 'shop/web');
    expect(workload === undefined ? undefined : proxiesOf(mesh, workload)).toEqual([]);
    const [web] = mesh.services;
    expect(web === undefined ? [] : endpointsByName(mesh, web, 'http')[0]?.tlsMode).toBe(
      'disabled',
    );
  });

  it('a Deployment of zero replicas is no endpoint', () => {
    const none = deployment.replace('spec:\n  template', 'spec:\n  replicas: 0\n  template');
    const mesh = meshOf(none, service);
    const [web] = mesh.services;
    expect(web === undefined ? undefined : endpointsByName(mesh, web, 'http')).toEqual([]);
  });
});

describe('whose pod it is', () => {
  const pod = (owner: string) => `
apiVersion: v1
kind: Pod
metadata: {name: web-5d9f-x2, namespace: shop, labels: {pod-template-hash: 5d9f}, ownerReferences: [${owner}]}
spec: {nodeName: n, containers: [{name: app}]}
status: {podIP: 10.0.0.5}`;

  it('a ReplicaSet that is not in the input tells its Deployment by its name', () => {
    const mesh = meshOf(pod('{kind: ReplicaSet, name: web-5d9f}'));
    expect(mesh.workloads.map(({ ref }) => ref)).toEqual([
      { kind: 'Deployment', namespace: 'shop', name: 'web' },
    ]);
  });

  it.each([
    ['Rollout', 'web', '{kind: ReplicaSet, name: web-5d9f}', 'rollouts-pod-template-hash: 5d9f'],
    [
      'DeploymentConfig',
      'web',
      '{kind: ReplicationController, name: web-3}',
      'deploymentconfig: web',
    ],
    ['CronJob', 'web', '{kind: Job, name: web-29384750}', 'job-name: web-29384750'],
    ['Job', 'web-1', '{kind: Job, name: web-1}', 'job-name: web-1'],
    ['ReplicaSet', 'web-5d9f', '{kind: ReplicaSet, name: web-5d9f}', 'pod-template-hash: 77'],
    ['CloneSet', 'web', '{kind: CloneSet, name: web}', 'app: web'],
  ])('a %s is told by what is known of its pod', (kind, name, owner, label) => {
    const mesh = meshOf(pod(owner).replace('pod-template-hash: 5d9f', label));
    expect(mesh.workloads.map(({ ref }) => ref)).toEqual([{ kind, namespace: 'shop', name }]);
  });

  it.each([
    ['Rollout', 'argoproj.io/v1alpha1'],
    ['DeploymentConfig', 'apps.openshift.io/v1'],
    ['CloneSet', 'apps.kruise.io/v1alpha1'],
  ])('a %s has the pod template of a Deployment', (kind, apiVersion) => {
    const manifest = deployment.replace('kind: Deployment', `kind: ${kind}`);
    const mesh = meshOf(manifest.replace('apps/v1', apiVersion), service);
    const workload = findWorkload(mesh, 'shop/web');
    expect(workload?.ref.kind).toBe(kind);
    expect(workload === undefined ? [] : proxiesOf(mesh, workload)).toHaveLength(1);
    expect(meshOf(manifest.replace('apps/v1', 'elsewhere.example/v1')).workloads).toEqual([]);
  });

  it('a pod and the manifest of its Deployment are one workload', () => {
    const mesh = meshOf(deployment, pod('{kind: ReplicaSet, name: web-5d9f}'));
    expect(mesh.workloads).toHaveLength(1);
    expect(mesh.workloads[0]?.pods).toHaveLength(1);
  });

  it('is found by the name of the workload, with its kind, and by the name of a pod', () => {
    const mesh = meshOf(deployment, pod('{kind: ReplicaSet, name: web-5d9f}'));
    for (const name of [
      'shop/web',
      'shop/deployment/web',
      'shop/web-5d9f-x2',
      'shop/pod/web-5d9f-x2',
    ]) {
      expect(findWorkload(mesh, name)?.ref.kind).toBe('Deployment');
    }
    expect(findWorkload(mesh, 'shop/statefulset/web')).toBeUndefined();
    expect(findWorkload(mesh, 'web')).toBeUndefined();
  });
});
