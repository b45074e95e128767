import type { Rule } from '../rule';

export const meshEmptyPolicyIsRegistryOnly: Rule = {
  id: 'mesh/empty-policy-is-registry-only',
  level: 'warning',
  title: 'an empty outbound policy blocks unknown hosts',
  why: 'a present but empty `outboundTrafficPolicy` takes the zero value of the enum, which is REGISTRY_ONLY',
  inputs: [],
  aliases: [],
  tags: ['S08'],
  *check({ mesh }) {
    for (const { config, set, object, source } of mesh.resources.meshConfigs) {
      const named = set.some(path => path === 'outboundTrafficPolicy.mode');
      const present = set.some(path => path.startsWith('outboundTrafficPolicy'));
      if (!present || named || config.outboundTrafficPolicy.mode !== 'REGISTRY_ONLY') continue;
      yield {
        object,
        source,
        path: 'data.mesh',
        message: '`outboundTrafficPolicy` names no `mode` and therefore means REGISTRY_ONLY',
        workloads: mesh.workloads.map(workload => workload.ref),
      };
    }
  },
};
