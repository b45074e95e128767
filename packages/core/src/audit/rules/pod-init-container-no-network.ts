import { proxyContainerOf } from '../facts/proxy-container';
import type { Rule } from '../rule';
import { placeOf } from '../rule';

const istioContainers = new Set(['istio-init', 'istio-validation', 'istio-proxy']);

export const podInitContainerNoNetwork: Rule = {
  id: 'pod/init-container-no-network',
  level: 'warning',
  title: 'an init container whose calls do not go through the sidecar',
  why: 'before the proxy runs a captured call is refused, and before istio-init it goes out directly',
  inputs: ['workloads'],
  aliases: [],
  tags: ['S48', 'NSA/CISA', 'ATT&CK M1037'],
  *check({ mesh }) {
    for (const workload of mesh.workloads) {
      const place = placeOf(workload.origin);
      const own = workload.template.spec.initContainers.filter(
        container => !istioContainers.has(container.name),
      );
      if (place === undefined || own.length === 0) continue;
      const proxy = proxyContainerOf(mesh, workload);
      if (proxy === undefined || proxy.native || proxy.mode === 'none') continue;
      const what =
        proxy.mode === 'cni'
          ? 'its calls are refused: the rules are there, the proxy is not'
          : 'its calls go out directly';
      for (const { name } of own) {
        yield {
          ...place,
          message: `init container \`${name}\`: ${what}`,
          workloads: [workload.ref],
          hosts: ['*'],
        };
      }
    }
  },
};
