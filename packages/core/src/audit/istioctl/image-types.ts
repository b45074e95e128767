import { buildMesh, readProxyConfigAnnotation } from '../../mesh';
import type { Pod, ProxyConfig } from '../../resources';
import type { AnalysisContext } from './analysis-context';

const annotation = 'proxy.istio.io/config';

/**
 * The image variant (`distroless`, `debug`) that the analyzers expect of a pod's proxy; empty for the default. The last
 * of these that names one counts: the mesh, a ProxyConfig of the root namespace, of the pod's namespace, with a selector
 * that fits, the annotation. Unlike istiod, the annotation comes last, a selector in the root namespace is not looked at,
 * and namespaces are compared by their beginning (`analyzers/util/proxyconfig.go:EffectiveProxyConfigResolver`).
 */
export function imageTypes({ resources }: AnalysisContext): (pod: Pick<Pod, 'metadata'>) => string {
  const { meshConfig, rootNamespace } = buildMesh(resources);
  const inRoot = ({ metadata }: ProxyConfig) => metadata.namespace === rootNamespace;
  const root = resources.proxyConfigs.filter(inRoot).at(-1);
  const others = resources.proxyConfigs.filter(config => !inRoot(config));
  const general = (wanted: string) =>
    others.filter(
      ({ metadata, spec }) => metadata.namespace === wanted && spec.selector === undefined,
    );
  const selecting = others.filter(({ spec }) => spec.selector !== undefined);
  return ({ metadata: { namespace = '', labels, annotations } }) => {
    const read = readProxyConfigAnnotation(annotations[annotation] ?? '');
    const fitting = selecting.filter(
      ({ metadata, spec }) =>
        metadata.namespace?.startsWith(namespace) === true &&
        Object.entries(spec.selector?.matchLabels ?? {}).every(
          ([key, value]) => Object.hasOwn(labels, key) && labels[key] === value,
        ),
    );
    const named = [
      meshConfig.config.defaultConfig.image?.imageType,
      root?.spec.imageType,
      general(namespace).at(-1)?.spec.imageType,
      ...fitting.map(({ spec }) => spec.imageType),
      read.kind === 'config' ? read.config.image?.imageType : undefined,
    ].filter((type): type is string => typeof type === 'string' && type !== '');
    const last = named.at(-1) ?? '';
    return last === 'default' ? '' : last;
  };
}
