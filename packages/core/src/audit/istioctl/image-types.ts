import { buildMesh, readProxyConfigAnnotation } from '../../mesh';
import type { Pod } from '../../resources';
import type { AnalysisContext } from './analysis-context';

const annotation = 'proxy.istio.io/config';

/**
 * The image variant (`distroless`, `debug`) that the analyzers expect of a pod's proxy; empty for the default. The last
 * of these that names one counts: the mesh, ProxyConfig of the root namespace, of the pod's namespace, with a selector
 * that fits, the annotation. Unlike istiod, the annotation comes last, and namespaces are compared by their beginning
 * (`analyzers/util/config.go:EffectiveProxyConfigResolver.ImageType`).
 */
export function imageTypes({ resources }: AnalysisContext): (pod: Pick<Pod, 'metadata'>) => string {
  const { meshConfig, rootNamespace } = buildMesh(resources);
  const configs = resources.proxyConfigs;
  const general = (wanted: string) =>
    configs
      .filter(({ metadata, spec }) => metadata.namespace === wanted && spec.selector === undefined)
      .map(({ spec }) => spec.imageType);
  const selecting = configs.filter(({ spec }) => spec.selector !== undefined);
  return ({ metadata: { namespace = '', labels, annotations } }) => {
    const read = readProxyConfigAnnotation(annotations[annotation] ?? '');
    const fitting = selecting
      .filter(
        ({ metadata, spec }) =>
          metadata.namespace?.startsWith(namespace) === true &&
          Object.entries(spec.selector?.matchLabels ?? {}).every(
            ([key, value]) => Object.hasOwn(labels, key) && labels[key] === value,
          ),
      )
      .map(({ spec }) => spec.imageType);
    const named = [
      meshConfig.config.defaultConfig.image?.imageType,
      ...general(rootNamespace),
      ...(namespace === rootNamespace ? [] : general(namespace)),
      ...fitting,
      read.kind === 'config' ? read.config.image?.imageType : undefined,
    ].filter((type): type is string => typeof type === 'string' && type !== '');
    const last = named.at(-1) ?? '';
    return last === 'default' ? '' : last;
  };
}
