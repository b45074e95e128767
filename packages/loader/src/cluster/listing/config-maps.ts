import type { ServedKind } from '../kinds';
import { isJsonObject, type JsonObject, member, textMember } from '../request';
import type { ListTarget } from './list-target';
import type { TargetState } from './target-state';

const revisionLabel = 'istio.io/rev';
const names = ['istio', 'istio-sidecar-injector'];
const standardRoot = 'istio-system';

const labelOf = (object: JsonObject, label: string): string | undefined =>
  textMember(member(member(object, 'metadata'), 'labels'), label);

function* objectsOf(states: Iterable<TargetState>, kind: string): Iterable<JsonObject> {
  for (const { target, objects } of states) {
    if (target.kind.kind.kind !== kind) continue;
    for (const { resource } of objects.values()) {
      if (isJsonObject(resource.value)) yield resource.value;
    }
  }
}

/** Deployments of istiod (label `app: istiod`, charts/istiod-discovery). */
function* controlPlanes(states: Iterable<TargetState>): Iterable<JsonObject> {
  for (const object of objectsOf(states, 'Deployment')) {
    if (labelOf(object, 'app') === 'istiod') yield object;
  }
}

/** Namespaces of the services that injection webhooks call. */
function* webhookNamespaces(states: Iterable<TargetState>): Iterable<string> {
  for (const object of objectsOf(states, 'MutatingWebhookConfiguration')) {
    const webhooks = member(object, 'webhooks');
    for (const webhook of Array.isArray(webhooks) ? webhooks : []) {
      if (!textMember(webhook, 'name')?.endsWith('sidecar-injector.istio.io')) continue;
      const service = member(member(webhook, 'clientConfig'), 'service');
      const namespace = textMember(service, 'namespace');
      if (namespace !== undefined) yield namespace;
    }
  }
}

/** Root namespaces: those of istiod as far as it shows, else `istio-system`. */
function rootNamespaces(states: readonly TargetState[]): readonly string[] {
  const found = new Set(webhookNamespaces(states));
  for (const object of controlPlanes(states)) {
    found.add(textMember(member(object, 'metadata'), 'namespace') ?? standardRoot);
  }
  return found.size === 0 ? [standardRoot] : [...found].sort();
}

/** Revisions that a control plane, a webhook or a namespace names. */
function revisions(states: readonly TargetState[]): readonly string[] {
  const labelled = [
    ...controlPlanes(states),
    ...objectsOf(states, 'MutatingWebhookConfiguration'),
    ...objectsOf(states, 'Namespace'),
  ];
  const found = labelled.flatMap(object => labelOf(object, revisionLabel) ?? []);
  return [...new Set(found)].filter(name => name !== '' && name !== 'default').sort();
}

/**
 * The ConfigMaps that a mesh is configured by, each as a list of one name: `istio` and `istio-sidecar-injector`, with
 * the suffix of each revision (charts/istiod-discovery). Others are not asked for.
 */
export function configMapTargets(
  kind: ServedKind,
  states: readonly TargetState[],
  rootNamespace: string | undefined,
): readonly ListTarget[] {
  const suffixes = ['', ...revisions(states).map(revision => `-${revision}`)];
  const roots = rootNamespace === undefined ? rootNamespaces(states) : [rootNamespace];
  return roots.flatMap(namespace =>
    suffixes.flatMap(suffix => names.map(name => ({ kind, namespace, name: `${name}${suffix}` }))),
  );
}
