import type { Labels, Namespace, Pod } from '../../resources';
import type { AnalysisContext } from './analysis-context';
import type { Analyzer } from './analyzer';
import { namespaceInAmbient, proxyImage } from './in-mesh';
import { injectorConfigName, injectorConfigs } from './injector-config';
import { type AnalysisMessage, messageOn } from './message';

const injectionLabels = ['istio-injection', 'istio.io/rev', 'istio.io/dataplane-mode'];

function namespaceMessage(namespace: Namespace, byDefault: boolean): AnalysisMessage | undefined {
  const { labels, name } = namespace.metadata;
  const present = injectionLabels.filter(key => (labels[key] ?? '') !== '');
  if (present.length > 1) {
    const list = present.map(key => `${key}=${labels[key]}`).join(' ');
    const message = `The namespace has more than one type of injection labels [${list}], which may lead to undefined behavior. Make sure only one injection label exists.`;
    return messageOn('IST0123', namespace, message);
  }
  if ((labels['istio-injection'] ?? '') !== '' || labels['istio.io/rev'] !== undefined)
    return undefined;
  if (namespaceInAmbient(labels)) return undefined;
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
    const message = namespaceMessage(namespace, config?.enableNamespacesByDefault ?? false);
    if (message !== undefined) yield message;
  }
  for (const pod of context.resources.pods) {
    const { namespace = '', name } = pod.metadata;
    if (namespace === 'istio-system') continue;
    const labels = context.namespaces.get(namespace)?.metadata.labels ?? {};
    if (labels['istio-injection'] !== 'enabled' || !lacksProxy(pod)) continue;
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
