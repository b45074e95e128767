import { unionOf } from '../findings/workload-set';
import type { Rule } from '../rule';
import { placeOf } from '../rule';

export const egressEffectiveModeProvenance: Rule = {
  id: 'egress/effective-mode-provenance',
  level: 'info',
  title: 'a workload has another outbound mode than the mesh',
  why: 'what a reader of the mesh configuration expects does not hold for these workloads',
  inputs: ['workloads'],
  aliases: [],
  tags: ['S03'],
  *check({ mesh, scopes }) {
    const meshMode = mesh.meshConfig.config.outboundTrafficPolicy.mode;
    for (const { policy, workloads } of scopes()) {
      const place = placeOf(policy.origin);
      if (policy.level === 'mesh' || policy.mode === meshMode || place === undefined) continue;
      yield {
        ...place,
        message: `outbound mode ${policy.mode} from the ${policy.level} Sidecar instead of the mesh's ${meshMode}`,
        workloads: unionOf([{ workloads }]),
      };
    }
  },
};
