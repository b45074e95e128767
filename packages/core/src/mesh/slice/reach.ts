import type { ObjectRef } from '../../origin';
import { endpointsOf } from '../endpoints/endpoints';
import type { Mesh } from '../mesh';
import { proxiesOf } from '../proxy/proxies';
import type { Proxy } from '../proxy/proxy';
import { serviceHostname } from '../registry/kubernetes-service';
import { servicesOfHost } from '../registry/registry';
import type { MeshService } from '../registry/service';
import { gatewaysOf } from '../routing/gateways';
import type { MeshVirtualService } from '../routing/virtual-service';
import { virtualServicesForGateway } from '../routing/virtual-service-index';
import { destinationPorts } from '../scope/destinations';
import { sidecarScopeOf } from '../scope/scope-of';
import { podViewsOf } from '../workload/pod-view';
import type { Workload } from '../workload/workload';
import { findWorkload, workloadOf } from '../workload/workloads';

/** What calls of a workload can touch. */
export interface Reach {
  readonly hosts: ReadonlySet<string>;
  readonly workloads: ReadonlySet<Workload>;
  readonly virtualServices: ReadonlySet<MeshVirtualService>;
  readonly namespaces: ReadonlySet<string>;
}

interface Collecting {
  readonly mesh: Mesh;
  readonly hosts: Set<string>;
  readonly workloads: Set<Workload>;
  readonly virtualServices: Set<MeshVirtualService>;
  readonly namespaces: Set<string>;
}

function behind(mesh: Mesh, pod: ObjectRef): Workload | undefined {
  const { kind, namespace = '', name } = pod;
  return kind === 'Pod'
    ? workloadOf(mesh, namespace, name)
    : findWorkload(mesh, { kind, namespace, name });
}

function addService(into: Collecting, service: MeshService): void {
  const { mesh, hosts, namespaces } = into;
  hosts.add(service.hostname);
  for (const alias of service.aliases) hosts.add(alias.hostname);
  namespaces.add(service.namespace);
  for (const { pod } of endpointsOf(mesh, service)) {
    const workload = pod === undefined ? undefined : behind(mesh, pod);
    if (workload !== undefined) addWorkload(into, workload);
  }
}

function addRoutes(into: Collecting, item: MeshVirtualService, namespace: string): void {
  into.virtualServices.add(item);
  into.namespaces.add(item.namespace);
  for (const host of destinationPorts(item, namespace).keys()) {
    for (const service of servicesOfHost(into.mesh, host).values()) {
      if (!into.hosts.has(service.hostname)) addService(into, service);
    }
  }
}

/** A gateway forwards what its VirtualServices say. */
function addGateway(into: Collecting, proxy: Proxy): void {
  for (const { name } of gatewaysOf(into.mesh, proxy)) {
    for (const item of virtualServicesForGateway(into.mesh, proxy, name)) {
      if (!into.virtualServices.has(item)) addRoutes(into, item, proxy.namespace);
    }
  }
}

function addWorkload(into: Collecting, workload: Workload): void {
  if (into.workloads.has(workload)) return;
  into.workloads.add(workload);
  into.namespaces.add(workload.ref.namespace);
  for (const proxy of proxiesOf(into.mesh, workload)) {
    if (proxy.type === 'router') addGateway(into, proxy);
  }
}

/** Whom NetworkPolicies may keep a pod from: the DNS server, istiod. */
function addInfrastructure(into: Collecting): void {
  const { mesh } = into;
  if (mesh.resources.networkPolicies.length === 0) return;
  const names = [
    ['kube-dns', 'kube-system'],
    ['coredns', 'kube-system'],
    ['istiod', mesh.rootNamespace],
  ] as const;
  for (const [name, namespace] of names) {
    const host = serviceHostname(name, namespace, mesh.clusterDomain);
    for (const service of servicesOfHost(mesh, host).values()) addService(into, service);
  }
}

/** Everything that calls from this workload can touch, and who can be behind it. */
export function collectReach(mesh: Mesh, workload: Workload): Reach {
  const into: Collecting = {
    mesh,
    hosts: new Set(),
    workloads: new Set(),
    virtualServices: new Set(),
    namespaces: new Set([mesh.rootNamespace]),
  };
  addWorkload(into, workload);
  const proxies = proxiesOf(mesh, workload);
  for (const proxy of proxies) {
    const { egress, services } = sidecarScopeOf(mesh, proxy);
    for (const service of services) addService(into, service);
    for (const { services: imported, virtualServices } of egress) {
      for (const service of imported) addService(into, service);
      for (const item of virtualServices) addRoutes(into, item, proxy.namespace);
    }
  }
  addInfrastructure(into);
  for (const { namespace } of podViewsOf(mesh, workload)) into.namespaces.add(namespace);
  return into;
}
