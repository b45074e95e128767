import { derive, getOrMake } from '../derive';
import type { Mesh } from '../mesh';
import { mergeProxySettings, type ProxySettings } from '../proxy-settings';
import { originOf } from '../registry/kubernetes-service';
import type { Workload } from './workload';

const annotation = 'proxy.istio.io/config';
const annotationPath = `metadata.annotations.${annotation}`;

interface Settings {
  readonly byWorkload: Map<Workload, ProxySettings>;
  /** Of workloads that ask for nothing and that no ProxyConfig selects, by namespace. */
  readonly common: Map<string, ProxySettings>;
  /** Namespaces with a ProxyConfig that selects workloads. */
  readonly selecting: ReadonlySet<string | undefined>;
}

const settings = derive(
  mesh => [mesh.discovered.proxyConfigs, mesh.meshConfig.config, mesh.rootNamespace],
  (mesh): Settings => ({
    byWorkload: new Map(),
    common: new Map(),
    selecting: new Set(
      mesh.discovered.proxyConfigs
        .filter(({ spec }) => spec.selector !== undefined)
        .map(({ metadata }) => metadata.namespace),
    ),
  }),
);

function templatePath({ resource, ref }: Workload): string {
  if (resource === undefined) return '';
  return ref.kind === 'CronJob' ? 'spec.jobTemplate.spec.template.' : 'spec.template.';
}

/** The effective ProxyConfig of a workload's pods, with the origin of each field. */
export function proxySettingsOf(mesh: Mesh, workload: Workload): ProxySettings {
  const { byWorkload, common, selecting } = settings(mesh);
  const { namespace } = workload.ref;
  const isCommon = !(Object.hasOwn(workload.annotations, annotation) || selecting.has(namespace));
  return isCommon
    ? getOrMake(common, namespace, () => merged(mesh, workload))
    : getOrMake(byWorkload, workload, () => merged(mesh, workload));
}

function merged(mesh: Mesh, workload: Workload): ProxySettings {
  const { ref, labels, annotations, resource, pods } = workload;
  const holder = resource ?? pods[0];
  const path = `${templatePath(workload)}${annotationPath}`;
  return mergeProxySettings({
    namespace: ref.namespace,
    labels,
    annotations,
    annotationOrigin: holder === undefined ? workload.origin : originOf(holder, path),
    proxyConfigs: mesh.discovered.proxyConfigs,
    rootNamespace: mesh.rootNamespace,
    meshDefault: mesh.meshConfig.config.defaultConfig,
    meshOrigin: field => mesh.meshConfig.origin(`defaultConfig.${field}`),
  });
}
