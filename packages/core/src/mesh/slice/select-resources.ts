import { formatObjectRef } from '../../origin';
import { type DecodedResources, type Labels, refOf, type Service } from '../../resources';
import { pushTo } from '../derive';
import { serviceNameLabel } from '../endpoints/slice-endpoints';
import { labelsMatch } from '../labels';
import type { Mesh } from '../mesh';
import { serviceHostname } from '../registry/kubernetes-service';
import type { Reach } from './reach';

type Owned = { readonly metadata: { readonly namespace?: string } };

interface Selection {
  readonly mesh: Mesh;
  readonly reach: Reach;
  /** Kubernetes Services that stay, as `namespace/name`. */
  readonly services: ReadonlySet<string>;
}

const nameOf = ({ metadata }: Service) => `${metadata.namespace ?? ''}/${metadata.name}`;

const inReach =
  ({ namespaces }: Reach) =>
  ({ metadata: { namespace } }: Owned): boolean =>
    namespace === undefined || namespaces.has(namespace);

/** Labels of the pods that stay, by namespace. */
function labelsByNamespace({ workloads }: Reach): ReadonlyMap<string, readonly Labels[]> {
  const index = new Map<string, Labels[]>();
  for (const { ref, labels, pods } of workloads) {
    pushTo(index, ref.namespace, labels);
    for (const { metadata } of pods) pushTo(index, ref.namespace, metadata.labels);
  }
  return index;
}

/** ExternalName Services lend their names to others; Services that select a pod say what its ports speak. */
function keptServices(mesh: Mesh, reach: Reach): readonly Service[] {
  const labels = labelsByNamespace(reach);
  return mesh.resources.services.filter(({ metadata: { name, namespace = '' }, spec }) => {
    const { selector, type } = spec;
    const near = labels.get(namespace) ?? [];
    return (
      type === 'ExternalName' ||
      reach.hosts.has(serviceHostname(name, namespace, mesh.clusterDomain)) ||
      (near.length > 0 &&
        (selector === undefined || near.some(item => labelsMatch(selector, item))))
    );
  });
}

function keptSlices({ mesh, services }: Selection) {
  return mesh.resources.endpointSlices.filter(({ metadata: { labels, namespace = '' } }) => {
    const service = Object.hasOwn(labels, serviceNameLabel) ? labels[serviceNameLabel] : undefined;
    return service !== undefined && services.has(`${namespace}/${service}`);
  });
}

/** Manifests of the workloads that stay, with the ReplicaSets and Jobs between them and their pods. */
function keptManifests({ mesh, reach }: Selection) {
  const refs = new Set([...reach.workloads].map(({ ref }) => formatObjectRef(ref)));
  return mesh.resources.workloads.filter(
    item =>
      refs.has(formatObjectRef(refOf(item))) ||
      (item.metadata.ownerReferences ?? []).some(({ kind, name }) =>
        refs.has(formatObjectRef({ kind, name, namespace: item.metadata.namespace ?? '' })),
      ),
  );
}

function keptRoutes({ mesh, reach }: Selection) {
  const kept = new Set(
    [...reach.virtualServices].flatMap(({ resource, delegates }) => [
      formatObjectRef(refOf(resource)),
      ...delegates.map(formatObjectRef),
    ]),
  );
  return mesh.resources.virtualServices.filter(item => kept.has(formatObjectRef(refOf(item))));
}

/** Policies near the workload; without any, one other shows that the input has some. */
function keptPolicies({ resources: { networkPolicies } }: Mesh, reach: Reach) {
  const near = networkPolicies.filter(inReach(reach));
  return near.length === 0 ? networkPolicies.slice(0, 1) : near;
}

/** The objects that calls within `reach` depend on, in their order. */
export function selectResources(mesh: Mesh, reach: Reach): DecodedResources {
  const { resources } = mesh;
  const owners = new Set([...reach.workloads].map(({ ref }) => ref.namespace));
  const services = keptServices(mesh, reach);
  const selection = { mesh, reach, services: new Set(services.map(nameOf)) };
  const pods = new Set([...reach.workloads].flatMap(workload => workload.pods));
  const near = inReach(reach);
  return {
    ...resources,
    namespaces: resources.namespaces.filter(({ metadata }) => reach.namespaces.has(metadata.name)),
    services,
    endpointSlices: keptSlices(selection),
    pods: resources.pods.filter(pod => pods.has(pod)),
    workloads: keptManifests(selection),
    serviceEntries: resources.serviceEntries.filter(
      ({ metadata, spec }) =>
        owners.has(metadata.namespace ?? '') || spec.hosts.some(host => reach.hosts.has(host)),
    ),
    workloadEntries: resources.workloadEntries.filter(near),
    sidecars: resources.sidecars.filter(near),
    virtualServices: keptRoutes(selection),
    destinationRules: resources.destinationRules.filter(near),
    gateways: resources.gateways,
    peerAuthentications: resources.peerAuthentications.filter(near),
    authorizationPolicies: resources.authorizationPolicies.filter(near),
    proxyConfigs: resources.proxyConfigs.filter(near),
    networkPolicies: keptPolicies(mesh, reach),
    other: resources.other.filter(near),
  };
}
