import { refOf } from '../../resources';
import { setField } from '../findings/fix';
import { unionOf } from '../findings/workload-set';
import type { Rule } from '../rule';

export const sidecarScopeNotEnforcedUnderAllowAny: Rule = {
  id: 'sidecar/scope-not-enforced-under-allow-any',
  level: 'info',
  title: 'leaving a host out of a Sidecar does not close it',
  why: 'under ALLOW_ANY a host that is not imported is unknown, and unknown hosts are let through without policy or telemetry',
  inputs: ['workloads'],
  aliases: [],
  tags: ['S05'],
  *check({ scopes }) {
    for (const { scope, policy, workloads } of scopes()) {
      const { sidecar } = scope;
      if (
        sidecar === undefined ||
        sidecar.spec.egress.length === 0 ||
        policy.mode === 'REGISTRY_ONLY'
      )
        continue;
      if (sidecar.spec.egress.some(listener => listener.hosts.includes('*/*'))) continue;
      yield {
        object: refOf(sidecar),
        source: sidecar.source,
        path: 'spec.egress',
        message: `hosts that this Sidecar does not import stay reachable: the outbound mode is ${policy.mode}`,
        workloads: unionOf([{ workloads }]),
        fix: setField('block unknown hosts', sidecar.source, ['spec', 'outboundTrafficPolicy'], {
          mode: 'REGISTRY_ONLY',
        }),
      };
    }
  },
};
