import type { DecodedResources, LabelSelector, Labels } from '../../resources';
import { selectorMatches } from '../labels';
import { versionHas } from '../versions';

/** Labels of a namespace; Kubernetes itself sets `kubernetes.io/metadata.name`, also where the manifest is missing. */
export function namespaceLabels(resources: DecodedResources): (name: string) => Labels {
  const known = new Map(
    resources.namespaces.map(({ metadata }) => [metadata.name, metadata.labels] as const),
  );
  return name => ({ 'kubernetes.io/metadata.name': name, ...known.get(name) });
}

type Namespaced = { readonly metadata: { readonly namespace?: string } };

/**
 * What istiod reads: objects of namespaces that one of the `discoverySelectors` selects; all when there is none
 * (`pkg/kube/namespace/filter.go`). The mesh configuration is read in any case.
 */
export function discover(
  resources: DecodedResources,
  selectors: readonly LabelSelector[],
): DecodedResources {
  if (selectors.length === 0) return resources;
  const labelsOf = namespaceLabels(resources);
  const verdicts = new Map<string, boolean>();
  const selected = (namespace: string) => {
    const known = verdicts.get(namespace);
    if (known !== undefined) return known;
    const verdict = selectors.some(item => selectorMatches(item, labelsOf(namespace)));
    verdicts.set(namespace, verdict);
    return verdict;
  };
  const keep = <T extends Namespaced>(items: readonly T[]): readonly T[] =>
    items.filter(({ metadata: { namespace } }) => namespace === undefined || selected(namespace));
  return {
    ...resources,
    services: keep(resources.services),
    endpointSlices: keep(resources.endpointSlices),
    pods: keep(resources.pods),
    serviceEntries: keep(resources.serviceEntries),
    workloadEntries: keep(resources.workloadEntries),
    sidecars: keep(resources.sidecars),
    virtualServices: keep(resources.virtualServices),
    destinationRules: keep(resources.destinationRules),
    gateways: keep(resources.gateways),
    peerAuthentications: keep(resources.peerAuthentications),
    authorizationPolicies: keep(resources.authorizationPolicies),
    proxyConfigs: keep(resources.proxyConfigs),
  };
}

/** The same without what this version of istiod cannot read. */
export function readable(resources: DecodedResources, istioVersion: string): DecodedResources {
  if (versionHas(istioVersion, 'dynamicDnsEntries')) return resources;
  const known = resources.serviceEntries.filter(({ spec }) => spec.resolution !== 'DYNAMIC_DNS');
  const all = known.length === resources.serviceEntries.length;
  return all ? resources : { ...resources, serviceEntries: known };
}
