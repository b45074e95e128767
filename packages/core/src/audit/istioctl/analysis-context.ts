import type { DecodedResources, Namespace, Pod, Service } from '../../resources';
import { type HostIndex, indexHosts } from './host-index';
import { indexByLabels, type SelectorIndex } from './selector-index';

/** Objects in these namespaces are ignored (`pkg/config/analysis/analyzers/util/config.go`). */
const systemNamespaces = new Set([
  'kube-system',
  'kube-public',
  'kube-node-lease',
  'local-path-storage',
]);

/** What the analyzers look at: the objects that count, and indexes over them. */
export interface AnalysisContext {
  readonly resources: DecodedResources;
  readonly namespaces: ReadonlyMap<string, Namespace>;
  readonly pods: SelectorIndex<Pod>;
  readonly podsIn: (namespace: string) => SelectorIndex<Pod>;
  readonly servicesIn: (namespace: string) => readonly Service[];
  /** Hosts of Services and ServiceEntries, by who may see them. */
  readonly hosts: HostIndex;
  readonly istioVersion: string;
}

type Lists = { -readonly [K in keyof DecodedResources]: DecodedResources[K] };

function withoutSystemNamespaces(resources: DecodedResources): DecodedResources {
  const counts = (item: {
    readonly metadata: { readonly namespace?: string; readonly name: string };
  }) => !systemNamespaces.has(item.metadata.namespace ?? '');
  const lists: Lists = {
    ...resources,
    namespaces: resources.namespaces.filter(item => !systemNamespaces.has(item.metadata.name)),
    services: resources.services.filter(counts),
    pods: resources.pods.filter(counts),
    workloads: resources.workloads.filter(counts),
    serviceEntries: resources.serviceEntries.filter(counts),
    sidecars: resources.sidecars.filter(counts),
    virtualServices: resources.virtualServices.filter(counts),
    destinationRules: resources.destinationRules.filter(counts),
    gateways: resources.gateways.filter(counts),
    other: resources.other.filter(counts),
  };
  return lists;
}

function byNamespace<T extends { readonly metadata: { readonly namespace?: string } }>(
  items: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const namespace = item.metadata.namespace ?? '';
    const group = groups.get(namespace);
    if (group === undefined) groups.set(namespace, [item]);
    else group.push(item);
  }
  return groups;
}

/** Indexes the objects once; every analyzer shares them. */
export function analysisContext(all: DecodedResources, istioVersion: string): AnalysisContext {
  const resources = withoutSystemNamespaces(all);
  const labelsOf = (pod: Pod) => pod.metadata.labels;
  const podGroups = byNamespace(resources.pods);
  const podIndexes = new Map<string, SelectorIndex<Pod>>();
  const serviceGroups = byNamespace(resources.services);
  return {
    resources,
    istioVersion,
    namespaces: new Map(resources.namespaces.map(item => [item.metadata.name, item])),
    pods: indexByLabels(resources.pods, labelsOf),
    podsIn: namespace => {
      const known = podIndexes.get(namespace);
      if (known !== undefined) return known;
      const index = indexByLabels(podGroups.get(namespace) ?? [], labelsOf);
      podIndexes.set(namespace, index);
      return index;
    },
    servicesIn: namespace => serviceGroups.get(namespace) ?? [],
    hosts: indexHosts(resources.services, resources.serviceEntries),
  };
}
