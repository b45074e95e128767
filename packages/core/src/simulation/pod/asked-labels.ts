import { derive, type Mesh } from '../../mesh';
import type { LabelSelector, Labels } from '../../resources';
import { selectorLabels } from '../limits/unmodelled';

type Keys = Set<string>;

function addKeys(keys: Keys, labels: object | undefined): void {
  for (const key of Object.keys(labels ?? {})) keys.add(key);
}

function addSelector(keys: Keys, selector: LabelSelector | undefined): void {
  addKeys(keys, selector?.matchLabels);
  for (const { key } of selector?.matchExpressions ?? []) keys.add(key);
}

/** What routes and policies of the client's side ask its labels for. */
function addTraffic(keys: Keys, { resources }: Mesh): void {
  for (const { spec } of resources.sidecars) addKeys(keys, spec.workloadSelector?.labels);
  for (const { spec } of resources.destinationRules) addKeys(keys, spec.workloadSelector?.labels);
  for (const { spec } of resources.virtualServices) {
    for (const rule of [...spec.http, ...spec.tls, ...spec.tcp]) {
      for (const match of rule.match) addKeys(keys, match.sourceLabels);
    }
  }
  for (const { spec } of resources.networkPolicies) {
    addSelector(keys, spec.podSelector);
    for (const { peers } of [...spec.ingress, ...spec.egress]) {
      for (const { podSelector } of peers) addSelector(keys, podSelector);
    }
  }
}

/** Keys of labels that something of the mesh asks a pod for, beside those that Istio itself gives a meaning. */
const askedKeys = derive(
  mesh => [
    mesh.resources.sidecars,
    mesh.resources.destinationRules,
    mesh.resources.virtualServices,
    mesh.resources.networkPolicies,
    mesh.resources.proxyConfigs,
    mesh.resources.other,
  ],
  (mesh): ReadonlySet<string> => {
    const keys: Keys = new Set();
    addTraffic(keys, mesh);
    for (const { spec } of mesh.resources.proxyConfigs) addSelector(keys, spec.selector);
    for (const labels of selectorLabels(mesh)) addKeys(keys, labels);
    return keys;
  },
);

/** The labels of a pod that anything can tell it by, as one text: two pods with the same are chosen by the same objects. */
export function askedLabels(mesh: Mesh, labels: Labels): string {
  const asked = askedKeys(mesh);
  const found: string[] = [];
  for (const key of Object.keys(labels)) {
    if (asked.has(key) || key.includes('istio')) found.push(`${key}=${labels[key]}`);
  }
  return found.length < 2 ? found.join() : found.sort().join();
}
