import type { DecodedResources } from '../resources';
import type { Mesh } from './mesh';
import { registryServices } from './registry/registry';
import { discover, readable } from './settings/discovery';
import { featureFlags } from './settings/features';
import { decideIstioVersion } from './settings/istio-version';
import { chooseMeshConfig, withOutboundMode } from './settings/mesh-config';
import type { MeshOptions } from './settings/mesh-options';
import { undecidedInjections } from './workload/undecided-injections';
import { meshWorkloads } from './workload/workloads';

const defaultRootNamespace = 'istio-system';

/**
 * Resolves what istiod would know from decoded objects. Cheap: everything that takes time is made when it is first asked
 * for. The order of the objects changes nothing that Istio's own rules decide.
 */
export function buildMesh(resources: DecodedResources, options: MeshOptions = {}): Mesh {
  const expected = options.rootNamespace ?? defaultRootNamespace;
  const chosen = chooseMeshConfig(resources.meshConfigs, expected);
  const { version, assumptions } = decideIstioVersion(resources, options.istioVersion);
  const meshConfig = withOutboundMode(chosen.effective, options.outboundMode);
  const { config } = meshConfig;
  const mesh: Mesh = {
    resources,
    discovered: readable(discover(resources, config.discoverySelectors), version),
    options,
    istioVersion: version,
    flags: featureFlags(options.flags),
    meshConfig,
    rootNamespace: options.rootNamespace ?? config.rootNamespace,
    clusterDomain: options.clusterDomain ?? 'cluster.local',
    get services() {
      return registryServices(mesh);
    },
    get workloads() {
      return meshWorkloads(mesh);
    },
    assumptions: [...chosen.assumptions, ...assumptions],
    get issues() {
      return [...chosen.issues, ...undecidedInjections(mesh)];
    },
  };
  return mesh;
}
