import { refOf } from '../../resources';
import { setField } from '../findings/fix';
import type { Rule } from '../rule';

export const sidecarOutboundModeAmbiguous: Rule = {
  id: 'sidecar/outbound-mode-ambiguous',
  level: 'warning',
  title: 'a Sidecar policy without a mode',
  why: 'an absent mode is REGISTRY_ONLY for Istio, which a reader does not see',
  inputs: [],
  aliases: ['KIA1007'],
  tags: ['S09'],
  *check({ mesh }) {
    for (const sidecar of mesh.resources.sidecars) {
      const policy = sidecar.spec.outboundTrafficPolicy;
      if (policy === undefined || policy.modeGiven === true) continue;
      yield {
        object: refOf(sidecar),
        source: sidecar.source,
        path: 'spec.outboundTrafficPolicy',
        message: '`outboundTrafficPolicy` has no `mode`; Istio takes it as REGISTRY_ONLY',
        fix: setField(
          'name the mode',
          sidecar.source,
          ['spec', 'outboundTrafficPolicy', 'mode'],
          'REGISTRY_ONLY',
        ),
      };
    }
  },
};
