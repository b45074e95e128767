import { derive, getOrMake } from '../derive';
import type { Mesh } from '../mesh';
import { mergeProxySettings, type ProxySettings } from '../proxy-settings';
import { originOf } from '../registry/kubernetes-service';
import type { Workload } from './workload';

const annotationPath = 'metadata.annotations.proxy.istio.io/config';

const settings = derive(
  mesh => [mesh.discovered.proxyConfigs, mesh.meshConfig.config, mesh.rootNamespace],
  () => new Map<Workload, ProxySettings>(),
);

function templatePath({ resource, ref }: Workload): string {
  if (resource === undefined) return '';
  return ref.kind === 'CronJob' ? 'spec.jobTemplate.spec.template.' : 'spec.template.';
}

/** The effective ProxyConfig of a workload's pods, with the origin of each field. */
export function proxySettingsOf(mesh: Mesh, workload: Workload): ProxySettings {
  return getOrMake(settings(mesh), workload, () => {
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
  });
}
