import type { Labels, Namespace, Pod } from '../../resources';
import type { AnalysisContext } from './analysis-context';
import type { Analyzer } from './analyzer';
import { proxyImage } from './in-mesh';
import { injectorConfigName, injectorConfigs } from './injector-config';
import { type AnalysisMessage, messageOn } from './message';

const own = 'istio-injection';
const ambient = (labels: Labels) => labels['istio.io/dataplane-mode'] === 'ambient';

/** Labels that say who injects; beside a namespace that is not enabled the others do not count. */
function injectionLabels(labels: Labels): readonly string[] {
  const alone = labels[own] === undefined || labels[own] === 'enabled';
  const others = alone ? ['istio.io/rev', 'istio.io/dataplane-mode'] : [];
  return [own, ...others].filter(key => labels[key] !== undefined);
}

function severalLabels(namespace: Namespace): AnalysisMessage | undefined {
  const { labels } = namespace.metadata;
  const present = injectionLabels(labels);
  if (present.length < 2) return undefined;
  const list = present.map(key => `${key}=${labels[key]}`).join(' ');
  const message = `The namespace has more than one type of injection labels [${list}], which may lead to undefined behavior. Make sure only one injection label exists.`;
  return messageOn('IST0123', namespace, message);
}

function notInjected(namespace: Namespace, byDefault: boolean): AnalysisMessage | undefined {
  const { labels, name } = namespace.metadata;
  if (ambient(labels)) return undefined;
  if ((labels[own] ?? '') !== '' || labels['istio.io/rev'] !== undefined) return undefined;
  if (byDefault) {
    const message =
      'is enabled for Istio injection, as Istio is installed with enableNamespacesByDefault as true.';
    return messageOn('IST0148', namespace, message);
  }
  const command = (value: string) => `'kubectl label namespace ${name} istio-injection=${value}'`;
  const message = `The namespace is not enabled for Istio injection. Run ${command('enabled')} to enable it, or ${command('disabled')} to explicitly mark it as not needing injection.`;
  return messageOn('IST0102', namespace, message, 'metadata.name');
}

const optedOut = (labels: Labels, annotations: Labels) =>
  (
    labels['sidecar.istio.io/inject'] ??
    annotations['sidecar.istio.io/inject'] ??
    ''
  ).toLowerCase() === 'false';

function lacksProxy(pod: Pod): boolean {
  const { labels, annotations } = pod.metadata;
  if (optedOut(labels, annotations) || pod.spec.hostNetwork === true) return false;
  return proxyImage([...pod.spec.containers, ...pod.spec.initContainers]) === '';
}

function* analyze(context: AnalysisContext): Iterable<AnalysisMessage> {
  const configs = injectorConfigs(context);
  for (const namespace of context.resources.namespaces) {
    const { name, labels } = namespace.metadata;
    if (name === 'istio-system') continue;
    const config = configs.get(injectorConfigName(labels['istio.io/rev'] ?? ''));
    const several = severalLabels(namespace);
    if (several !== undefined) yield several;
    const message = notInjected(namespace, config?.enableNamespacesByDefault ?? false);
    if (message !== undefined) yield message;
  }
  for (const pod of context.resources.pods) {
    const { namespace = '', name } = pod.metadata;
    if (namespace === 'istio-system') continue;
    const labels = context.namespaces.get(namespace)?.metadata.labels ?? {};
    if (labels[own] !== 'enabled' || ambient(labels) || !lacksProxy(pod)) continue;
    const message = `The pod ${namespace}/${name} is missing the Istio proxy. This can often be resolved by restarting or redeploying the workload.`;
    yield messageOn('IST0103', pod, message);
  }
}

/** Injection labels of namespaces, and pods without their proxy. Source: `injection/injection.go`. */
export const injection: Analyzer = {
  name: 'injection.Analyzer',
  codes: ['IST0102', 'IST0103', 'IST0123', 'IST0148'],
  analyze,
};
