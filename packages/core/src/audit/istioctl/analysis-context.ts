import type { Issue, SourceRef } from '../../origin';
import type {
  DecodedResources,
  DecodeResult,
  Metadata,
  Namespace,
  Pod,
  Service,
} from '../../resources';
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
  /** What Istio's validation says of the objects that count. */
  readonly objections: readonly Objection[];
  readonly istioVersion: string;
  /** Kinds that were not read: nothing is said of objects that are not there. */
  readonly unread: ReadonlySet<string>;
}

type Placed = { readonly kind: string; readonly metadata: Metadata; readonly source: SourceRef };

const sourceKey = ({ file, document, item = '' }: SourceRef) => `${file}#${document}#${item}`;

/** Of several objects with one kind, namespace and name the last counts, as for `kubectl apply`. */
function lastOfEach<T extends Placed>(items: readonly T[]): readonly T[] {
  const last = new Map<string, T>();
  for (const item of items) {
    last.set(`${item.kind} ${item.metadata.namespace ?? ''}/${item.metadata.name}`, item);
  }
  return last.size === items.length ? items : [...last.values()];
}

/** Codes of issues that make istioctl drop the whole object. */
const unreadable = new Set([
  'istio-unreadable',
  'wrong-type',
  'unknown-enum-value',
  'bad-duration',
]);

/** Sources with an error of Istio's validator: a mesh configuration there is refused, and the defaults are in force. */
const refusedSources = (issues: readonly Issue[]) =>
  new Set(
    issues.flatMap(({ code, severity, source }) =>
      code.startsWith('istio-') && severity === 'error' && source !== undefined
        ? [sourceKey(source)]
        : [],
    ),
  );

function counted({ resources, issues }: DecodeResult): DecodedResources {
  const refused = refusedSources(issues);
  const dropped = new Set(
    issues.flatMap(({ code, source }) =>
      unreadable.has(code) && source !== undefined ? [sourceKey(source)] : [],
    ),
  );
  const counts = (item: Placed) =>
    !dropped.has(sourceKey(item.source)) &&
    !systemNamespaces.has(
      item.kind === 'Namespace' ? item.metadata.name : (item.metadata.namespace ?? ''),
    );
  const keep = <T extends Placed>(items: readonly T[]) => lastOfEach(items.filter(counts));
  return {
    ...resources,
    namespaces: keep(resources.namespaces),
    services: keep(resources.services),
    pods: keep(resources.pods),
    workloads: keep(resources.workloads),
    serviceEntries: keep(resources.serviceEntries),
    sidecars: keep(resources.sidecars),
    virtualServices: keep(resources.virtualServices),
    destinationRules: keep(resources.destinationRules),
    gateways: keep(resources.gateways),
    authorizationPolicies: keep(resources.authorizationPolicies),
    // The ConfigMap `istio`; those of other revisions are not asked for.
    meshConfigs: resources.meshConfigs.filter(
      ({ revision, source }) => revision === '' && !refused.has(sourceKey(source)),
    ),
    other: keep(resources.other),
  };
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

/** A sentence of Istio's validator on an object. */
export interface Objection {
  readonly issue: Issue;
  readonly resource: Placed;
}

const placed = (resources: DecodedResources): readonly Placed[] =>
  Object.values(resources).flatMap((items: readonly object[]) =>
    items.filter((item): item is Placed => 'metadata' in item && 'kind' in item),
  );

function objectionsTo(resources: DecodedResources, issues: readonly Issue[]): readonly Objection[] {
  const said = issues.filter(
    ({ code }) => code.startsWith('istio-') && code !== 'istio-unknown-field',
  );
  if (said.length === 0) return [];
  const bySource = new Map(placed(resources).map(item => [sourceKey(item.source), item]));
  return said.flatMap(issue => {
    const resource = issue.source && bySource.get(sourceKey(issue.source));
    return resource === undefined ? [] : [{ issue, resource }];
  });
}

/** Indexes the objects once; every analyzer shares them. */
export function analysisContext(
  decoded: DecodeResult,
  istioVersion: string,
  unreadKinds: readonly string[] = [],
): AnalysisContext {
  const resources = counted(decoded);
  const labelsOf = (pod: Pod) => pod.metadata.labels;
  const podGroups = byNamespace(resources.pods);
  const podIndexes = new Map<string, SelectorIndex<Pod>>();
  const serviceGroups = byNamespace(resources.services);
  return {
    resources,
    istioVersion,
    unread: new Set(unreadKinds),
    objections: objectionsTo(resources, decoded.issues),
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
