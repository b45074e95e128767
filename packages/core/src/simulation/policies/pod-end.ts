import {
  derive,
  type Mesh,
  type PolicyEnd,
  type PolicyPod,
  podViewsIn,
  selectorMatches,
} from '../../mesh';
import { parseIp } from '../../net';
import type { Labels } from '../../resources';
import { stackAt } from '../pod/build-stack';
import type { PodStack } from '../pod/pod-stack';

/** Pods that an EndpointSlice names and the input lacks, by address: of their labels the Service's selector is known. */
const missingPods = derive(
  mesh => [mesh.resources.endpointSlices, mesh.resources.services],
  mesh => {
    const selectors = new Map(
      mesh.resources.services.map(({ metadata, spec }) => [
        `${metadata.namespace ?? ''}/${metadata.name}`,
        spec.selector ?? {},
      ]),
    );
    const found = new Map<string, PolicyPod>();
    for (const { metadata, spec } of mesh.resources.endpointSlices) {
      const { namespace = '', labels } = metadata;
      const service = labels['kubernetes.io/service-name'] ?? '';
      const pod = unseenPod(namespace, selectors.get(`${namespace}/${service}`) ?? {});
      for (const { targetRef, addresses } of spec.endpoints) {
        if (targetRef?.kind !== 'Pod') continue;
        for (const address of addresses) found.set(address, pod);
      }
    }
    return found;
  },
);

/** A pod of which nothing is known but what a selector says. */
function unseenPod(namespace: string, labels: Labels): PolicyPod {
  return {
    namespace,
    labels,
    labelsKnown: 'selected',
    spec: { containers: [], initContainers: [] },
  };
}

/** Whoever has an address, as NetworkPolicies see it: a pod of the input, one that the input only mentions, or nobody of the cluster. */
export function endAt(
  { mesh, placeholders }: { readonly mesh: Mesh; readonly placeholders: ReadonlySet<string> },
  text: string,
): PolicyEnd {
  const address = placeholders.has(text) ? undefined : parseIp(text);
  if (address === undefined) return {};
  const pod = stackAt(mesh, address)?.view ?? missingPods(mesh).get(address);
  return { address, ...(pod !== undefined && { pod }) };
}

export function endOfStack({ view }: PodStack, source: string | undefined): PolicyEnd {
  const address = parseIp(source ?? '') ?? view.ips[0];
  return { pod: view, ...(address !== undefined && { address }) };
}

/** A pod of a namespace with these labels: the first of the input, else one of which only they are known. */
export function podWith(mesh: Mesh, namespace: string, labels: Labels): PolicyEnd {
  const view = podViewsIn(mesh, namespace).find(item =>
    selectorMatches({ matchLabels: labels }, item.labels),
  );
  if (view === undefined) return { pod: unseenPods(mesh)(namespace, labels) };
  const [address] = view.ips;
  return { pod: view, ...(address !== undefined && { address }) };
}

const unseenPods = derive(
  mesh => [mesh],
  () => {
    const made = new Map<string, PolicyPod>();
    return (namespace: string, labels: Labels): PolicyPod => {
      const key = JSON.stringify([namespace, labels]);
      const pod = made.get(key) ?? unseenPod(namespace, labels);
      made.set(key, pod);
      return pod;
    };
  },
);
