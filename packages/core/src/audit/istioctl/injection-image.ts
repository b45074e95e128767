import type { Pod } from '../../resources';
import type { AnalysisContext } from './analysis-context';
import type { Analyzer } from './analyzer';
import { imageTypes } from './image-types';
import { injectorConfigName, injectorConfigs } from './injector-config';
import { messageOn } from './message';

function revisionOf(namespace: string, context: AnalysisContext): string | undefined {
  const labels = context.namespaces.get(namespace)?.metadata.labels ?? {};
  const enabled = labels['istio-injection'] === 'enabled' ? 'default' : undefined;
  return labels['istio.io/rev'] ?? enabled;
}

/** Proxy containers whose image is not the one that the injector would use. */
function outdated(pods: readonly Pod[], context: AnalysisContext): ReadonlyMap<string, string[]> {
  const configs = injectorConfigs(context);
  const imageType = imageTypes(context);
  const found = new Map<string, string[]>();
  for (const { metadata, spec } of pods) {
    const namespace = metadata.namespace ?? '';
    const revision = revisionOf(namespace, context);
    if (
      revision === undefined ||
      (metadata.annotations['sidecar.istio.io/proxyImage'] ?? '') !== ''
    )
      continue;
    const config = configs.get(injectorConfigName(revision));
    const proxies = [...spec.containers, ...spec.initContainers].filter(
      c => c.name === 'istio-proxy',
    );
    if (config === undefined) continue;
    const variant = `${config.proxyImage}-${imageType({ metadata })}`;
    const isCurrent = proxies.every(
      ({ image }) => image === config.proxyImage || image === variant,
    );
    if (isCurrent) continue;
    found.set(namespace, [...(found.get(namespace) ?? []), metadata.name]);
  }
  return found;
}

/** Pods that run another proxy image than the injector's. Source: `injection/injection-image.go`. */
export const injectionImage: Analyzer = {
  name: 'injection.ImageAnalyzer',
  codes: ['IST0158'],
  *analyze(context) {
    for (const [name, pods] of outdated(context.resources.pods, context)) {
      const namespace = context.namespaces.get(name);
      if (namespace === undefined) continue;
      const message = `The Istio proxy images of the pods running in the namespace do not match the image defined in the injection configuration (pod names: [${pods.join(' ')}]). This often happens after upgrading the Istio control-plane and can be fixed by redeploying the pods.`;
      yield messageOn('IST0158', namespace, message);
    }
  },
};
